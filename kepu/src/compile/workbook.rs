//! The plan as an Excel workbook: duties of each measure, the matrix, targets, deadlines, doubts.

use kepu_plan::Compiled;
use kepu_plan::codes;
use kepu_plan::model::{Duty, Measure, Plan, Section, Severity, TargetKind};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Renders the workbook.
pub fn render(compiled: &Compiled) -> Result<Vec<u8>, XlsxError> {
    let plan = &compiled.plan;
    let mut workbook = Workbook::new();
    measures(workbook.add_worksheet(), plan)?;
    matrix(workbook.add_worksheet(), plan)?;
    targets(workbook.add_worksheet(), plan)?;
    deadlines(workbook.add_worksheet(), plan)?;
    doubts(workbook.add_worksheet(), plan)?;
    workbook.save_to_buffer()
}

fn head() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00E8_EEF4))
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
}

fn body() -> Format {
    Format::new()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
        .set_text_wrap()
}

/// Names the sheet, writes its head and freezes it.
fn begin(sheet: &mut Worksheet, name: &str, columns: &[(&str, f64)]) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    for (column, (title, width)) in (0_u16..).zip(columns) {
        sheet.write_with_format(0, column, *title, &head())?;
        sheet.set_column_width(column, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn write(sheet: &mut Worksheet, row: u32, cells: &[String]) -> Result<(), XlsxError> {
    for (column, cell) in (0_u16..).zip(cells) {
        // Lines, years and counts are numbers that Excel can sort; a code such as 3.1 is not.
        match cell.parse::<u32>() {
            Ok(number) if column > 0 => sheet.write_with_format(row, column, number, &body())?,
            _ => sheet.write_with_format(row, column, cell.as_str(), &body())?,
        };
    }
    Ok(())
}

fn measures(sheet: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    let columns = [
        ("代码", 9.0),
        ("部分", 10.0),
        ("行动、工程", 26.0),
        ("原文编号", 8.0),
        ("举措", 32.0),
        ("牵头", 24.0),
        ("参与", 40.0),
        ("负责", 24.0),
        ("指导", 18.0),
        ("其他单位可参与", 10.0),
        ("原文行", 8.0),
    ];
    begin(sheet, "举措与分工", &columns)?;
    let mut row = 1;
    for (section, code) in plan.sections.iter().zip(codes::of_sections(plan)) {
        for (at, measure) in section.measures.iter().enumerate() {
            let code = codes::measure_code(&code, at);
            let duties = if measure.duties.is_empty() {
                &section.duties
            } else {
                &measure.duties
            };
            let none = [Duty::default()];
            for duty in if duties.is_empty() { &none[..] } else { &duties[..] } {
                write(sheet, row, &measure_row(code.clone(), section, measure, duty))?;
                row += 1;
            }
        }
        for (at, duty) in section.inline_duties.iter().enumerate() {
            let cells = [
                codes::inline_code(&code, at),
                section.path.join(""),
                section.title.clone().unwrap_or_default(),
                String::new(),
                duty.text.clone(),
                String::new(),
                String::new(),
                duty.unit.clone(),
                String::new(),
                String::new(),
                duty.line.to_string(),
            ];
            write(sheet, row, &cells)?;
            row += 1;
        }
    }
    sheet.autofilter(0, 0, row.saturating_sub(1).max(1), 10)?;
    Ok(())
}

fn measure_row(code: String, section: &Section, measure: &Measure, duty: &Duty) -> [String; 11] {
    let title = measure
        .title
        .clone()
        .unwrap_or_else(|| format!("{}…", measure.first_words));
    [
        code,
        section.path.join(""),
        section.title.clone().unwrap_or_default(),
        measure.number.clone().unwrap_or_default(),
        title,
        duty.lead.join("、"),
        duty.participants.join("、"),
        duty.responsible.join("、"),
        duty.guides.join("、"),
        if duty.open_ended {
            "是".to_owned()
        } else {
            String::new()
        },
        measure.line.to_string(),
    ]
}

/// Parties by programmes: ● leads, ○ takes part, ◆ answers, △ guides.
fn matrix(sheet: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    let with_duties: Vec<&Section> = plan
        .sections
        .iter()
        .filter(|section| {
            !section.duties.is_empty() || section.measures.iter().any(|measure| !measure.duties.is_empty())
        })
        .collect();
    let mut columns = vec![("责任方", 26.0), ("牵头", 7.0), ("参与", 7.0)];
    let titles: Vec<String> = with_duties
        .iter()
        .map(|section| format!("{}{}", section.path.join(""), section.title.as_deref().unwrap_or("")))
        .collect();
    columns.extend(titles.iter().map(|title| (title.as_str(), 11.0)));
    begin(sheet, "责任矩阵", &columns)?;
    sheet.set_freeze_panes(1, 1)?;
    for (row, party) in (1_u32..).zip(&plan.units) {
        let mut cells = vec![party.name.clone(), count(party.lead), count(party.participant)];
        for section in &with_duties {
            let duties = section
                .duties
                .iter()
                .chain(section.measures.iter().flat_map(|measure| &measure.duties));
            let mut marks: Vec<&str> = duties.flat_map(|duty| marks_of(duty, &party.written)).collect();
            marks.sort_unstable();
            marks.dedup();
            cells.push(marks.concat());
        }
        write(sheet, row, &cells)?;
    }
    Ok(())
}

fn marks_of<'d>(duty: &'d Duty, names: &'d [String]) -> impl Iterator<Item = &'static str> + 'd {
    [
        (&duty.lead, "●"),
        (&duty.participants, "○"),
        (&duty.responsible, "◆"),
        (&duty.guides, "△"),
    ]
    .into_iter()
    .filter(|(units, _)| units.iter().any(|unit| names.contains(unit)))
    .map(|(_, mark)| mark)
}

fn count(number: usize) -> String {
    if number == 0 { String::new() } else { number.to_string() }
}

fn targets(sheet: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    let columns = [
        ("类别", 8.0),
        ("原文", 48.0),
        ("指标", 30.0),
        ("范围", 12.0),
        ("数值", 10.0),
        ("单位", 8.0),
        ("年份", 8.0),
        ("比较", 8.0),
        ("语气", 8.0),
        ("属性", 10.0),
        ("原文行", 8.0),
    ];
    begin(sheet, "目标", &columns)?;
    for (row, target) in (1_u32..).zip(&plan.targets) {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let cells = [
            if target.kind == TargetKind::Target {
                "目标"
            } else {
                "起点"
            }
            .to_owned(),
            target.text.clone(),
            text(&target.metric),
            text(&target.scope),
            String::new(),
            text(&target.unit),
            target.year.map_or(String::new(), |year| year.to_string()),
            text(&target.comparator),
            text(&target.hedge),
            text(&target.binding),
            target.line.to_string(),
        ];
        write(sheet, row, &cells)?;
        if let Some(value) = target.value {
            sheet.write_with_format(row, 4, value, &body())?;
        }
    }
    Ok(())
}

fn deadlines(sheet: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    begin(
        sheet,
        "时限",
        &[
            ("部分", 12.0),
            ("原文", 36.0),
            ("从", 14.0),
            ("到", 14.0),
            ("印发后天数", 12.0),
            ("原文行", 8.0),
        ],
    )?;
    for (row, deadline) in (1_u32..).zip(&plan.deadlines) {
        let cells = [
            deadline.path.join(""),
            deadline.text.clone(),
            deadline.from.clone().unwrap_or_default(),
            deadline.until.clone().unwrap_or_default(),
            deadline.days.map_or(String::new(), |days| days.to_string()),
            deadline.line.to_string(),
        ];
        write(sheet, row, &cells)?;
    }
    Ok(())
}

fn doubts(sheet: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    begin(
        sheet,
        "疑点",
        &[
            ("代码", 8.0),
            ("程度", 8.0),
            ("行", 8.0),
            ("列", 8.0),
            ("说明", 60.0),
            ("怎么办", 60.0),
        ],
    )?;
    for (row, diagnostic) in (1_u32..).zip(&plan.diagnostics) {
        let severity = match diagnostic.severity {
            Severity::Error => "错误",
            Severity::Warning => "警告",
            Severity::Note => "提示",
        };
        let cells = [
            diagnostic.code.clone(),
            severity.to_owned(),
            diagnostic.line.to_string(),
            diagnostic.column.to_string(),
            diagnostic.message.clone(),
            diagnostic.help.clone(),
        ];
        write(sheet, row, &cells)?;
    }
    Ok(())
}
