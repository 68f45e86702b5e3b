//! Documents as people have them: web pages, Word files, pages without line ends, traditional characters. The texts
//! are made up.

use std::io::Write;

use kepu_plan::model::{DeadlineKind, KeyGroup, Plan, SectionKind, TargetKind};
use kepu_plan::{NoPlan, compile, compile_text};

const TEXT: &str = "\
某某市某某区人民政府办公室
关于印发《某某区全民科学素质行动
实施方案（2026-2030年）》的通知
某政办发〔2026〕7号
各镇人民政府，各街道办事处，区政府各部门：
现将方案印发给你们，请认真执行。
某某市某某区人民政府办公室
2026年3月2日
（此件公开发布）
某某区全民科学素质行动
实施方案（2026-2030年）
一、前言
过去五年全区科学普及工作稳步推进，2025年本区公民具备科学素质的比例达到21.4%，基础比较扎实。
二、基本原则
——坚持服务群众。把群众满意作为标准，让科普活动办在群众身边。
——坚持统筹协调。各方面资源放在一起用，避免重复安排。
三、工作目标
到2030年，全区公民具备科学素质的比例力争超过30%，新建科普基地12个，社区科普活动室覆盖率不低于95%。
四、重点人群行动
（一）青少年科学素质行动
培养兴趣，打好基础。
——办好学校科技节。每所学校每年至少安排一次，家长可以一起参加。
——开放实验室。区内科研机构每年向中小学生开放，2027年底前全部开放。
（分工：由区教委牵头，团区委、区科协、各街道乡镇等单位共同参与。）
（二）老年人科学素质行动
让老年人跟得上，用得好。
——教老年人用手机。社区每月开班，由志愿者手把手地教。
——讲健康知识。医院定期派人到社区讲课。
（分工：由区民政局、区卫生健康委牵头，区科协、各街道乡镇共同参与。）
五、组织实施
（一）组织领导
区政府负责统筹全区科学素质工作，每年听取一次汇报。区科协负责日常协调和督促检查工作，定期通报情况。
";

/// What must be read from [`TEXT`] in whatever form it comes.
fn assert_read(plan: &Plan, what: &str) {
    assert_eq!(
        plan.title.as_deref(),
        Some("某某区全民科学素质行动实施方案（2026-2030年）"),
        "{what}"
    );
    assert_eq!(plan.doc_no.as_deref(), Some("某政办发〔2026〕7号"), "{what}");
    assert_eq!(plan.issuer.as_deref(), Some("某某市某某区人民政府办公室"), "{what}");
    assert_eq!(plan.date.as_deref(), Some("2026-03-02"), "{what}");
    assert_eq!(plan.period, Some([2026, 2030]), "{what}");
    let titles: Vec<_> = plan
        .sections
        .iter()
        .flat_map(|s| &s.measures)
        .map(|m| m.title.as_deref().unwrap_or("?"))
        .collect();
    assert_eq!(
        titles,
        ["办好学校科技节", "开放实验室", "教老年人用手机", "讲健康知识"],
        "{what}"
    );
    let leads: Vec<_> = plan.all_duties().map(|duty| duty.lead.join("、")).collect();
    assert_eq!(leads, ["区教委", "区民政局、区卫生健康委"], "{what}");
    let goals: Vec<_> = plan
        .targets
        .iter()
        .filter(|t| t.kind == TargetKind::Target)
        .map(|t| (t.value, t.year))
        .collect();
    assert_eq!(
        goals,
        [
            (Some(30.0), Some(2030)),
            (Some(12.0), Some(2030)),
            (Some(95.0), Some(2030))
        ],
        "{what}"
    );
    let bases: Vec<_> = plan
        .targets
        .iter()
        .filter(|t| t.kind == TargetKind::Baseline)
        .map(|t| (t.value, t.year))
        .collect();
    assert_eq!(bases, [(Some(21.4), Some(2025))], "{what}");
    let groups: Vec<_> = plan
        .sections
        .iter()
        .filter(|s| !s.measures.is_empty())
        .map(|s| s.key_group)
        .collect();
    assert_eq!(groups, [Some(KeyGroup::Youth), Some(KeyGroup::Elders)], "{what}");
    let items: usize = plan.sections.iter().map(|s| s.items.len()).sum();
    assert_eq!(items, 2, "{what}");
    let running: Vec<_> = plan
        .sections
        .iter()
        .flat_map(|s| &s.inline_duties)
        .map(|d| d.unit.as_str())
        .collect();
    assert_eq!(running, ["区政府", "区科协"], "{what}");
    assert!(plan.sections.iter().any(|s| s.kind == SectionKind::Principle), "{what}");
}

#[test]
fn plain_text() {
    let plan = compile_text(TEXT).expect("a plan").plan;
    assert_read(&plan, "plain");
    assert_eq!(
        plan.title_in_notice.as_deref(),
        Some("某某市某某区人民政府办公室关于印发《某某区全民科学素质行动实施方案（2026-2030年）》的通知")
    );
    assert_eq!(
        plan.addressees.as_deref(),
        Some("各镇人民政府，各街道办事处，区政府各部门：")
    );
    let due: Vec<_> = plan
        .deadlines
        .iter()
        .map(|d| (d.text.as_str(), d.kind, d.until.as_deref()))
        .collect();
    assert!(
        due.contains(&("2027年底前", DeadlineKind::By, Some("2027-12-31"))),
        "{due:?}"
    );
}

#[test]
fn without_any_line_end() {
    let text = TEXT.replace('\n', "");
    let compiled = compile_text(&text).expect("a plan");
    assert_read(&compiled.plan, "collapsed");
    assert!(compiled.plan.diagnostics.iter().any(|d| d.code == "K002"));
}

#[test]
fn with_spaces_between_the_glyphs() {
    let text: String = TEXT
        .lines()
        .map(|line| line.chars().flat_map(|c| [c, ' ']).collect::<String>() + "\n")
        .collect();
    assert_read(&compile_text(&text).expect("a plan").plan, "spaced");
}

#[test]
fn in_traditional_characters() {
    let pairs = [
        ("區", "区"),
        ("辦", "办"),
        ("實", "实"),
        ("動", "动"),
        ("團", "团"),
        ("協", "协"),
        ("衛", "卫"),
        ("開", "开"),
        ("學", "学"),
        ("協", "协"),
        ("階", "阶"),
        ("導", "导"),
        ("會", "会"),
        ("機", "机"),
        ("應", "应"),
        ("頭", "头"),
        ("與", "与"),
        ("參", "参"),
        ("負", "负"),
        ("責", "责"),
        ("領", "领"),
        ("達", "达"),
        ("爭", "争"),
        ("過", "过"),
        ("組", "组"),
        ("織", "织"),
        ("標", "标"),
        ("則", "则"),
        ("廳", "厅"),
        ("業", "业"),
        ("關", "关"),
        ("於", "于"),
        ("發", "发"),
        ("號", "号"),
        ("說", "说"),
        ("麼", "么"),
        ("齡", "龄"),
        ("單", "单"),
        ("們", "们"),
        ("請", "请"),
        ("現", "现"),
        ("將", "将"),
        ("給", "给"),
        ("認", "认"),
        ("執", "执"),
        ("點", "点"),
        ("養", "养"),
        ("興", "兴"),
        ("礎", "础"),
        ("節", "节"),
        ("長", "长"),
        ("驗", "验"),
        ("內", "内"),
        ("構", "构"),
        ("講", "讲"),
        ("課", "课"),
        ("識", "识"),
        ("醫", "医"),
        ("統", "统"),
        ("籌", "筹"),
    ];
    let mut text = TEXT.to_owned();
    for (traditional, simplified) in pairs {
        text = text.replace(simplified, traditional);
    }
    let plan = compile_text(&text).expect("a plan").plan;
    let leads: Vec<_> = plan.all_duties().map(|duty| duty.lead.join("、")).collect();
    assert_eq!(leads, ["區教委", "區民政局、區衛生健康委"], "as written");
    assert_eq!(plan.targets.len(), 4);
    assert_eq!(plan.period, Some([2026, 2030]));
    assert!(
        plan.units
            .iter()
            .any(|party| kepu_plan::units::key(&party.name) == kepu_plan::units::key("区教委"))
    );
    assert!(plan.diagnostics.iter().any(|d| d.code == "K006"));
}

#[test]
fn below_a_sites_menu_and_label_lines() {
    let menu = "首页\n政务公开\n当前位置：首页 > 政务公开 > 文件\n索 引 号：11X\n发文机关：某某市某某区人民政府办公室\n成文日期：2026年03月02日\n字号：大 中 小\n打印\n";
    let text = format!("{menu}{TEXT}扫一扫在手机打开当前页\n");
    assert_read(&compile_text(&text).expect("a plan").plan, "menu");
}

#[test]
fn a_saved_page_in_two_encodings() {
    let body: String = TEXT
        .lines()
        .map(|line| format!("<p style='text-indent:2em'>{line}&nbsp;</p>\n"))
        .collect();
    let page = |charset: &str| {
        format!(
            "<!DOCTYPE html><html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={charset}\"><title>x</title>\
             <script>var a = '一、<p>';</script><style>p{{}}</style></head><body><nav>首页</nav><div>{body}</div></body></html>"
        )
    };
    assert_read(&compile(page("utf-8").as_bytes()).expect("a plan").plan, "UTF-8 page");
    let gb = page("gb2312");
    assert_read(
        &compile(&encoding_rs::GB18030.encode(&gb).0).expect("a plan").plan,
        "GB page",
    );
}

/// A Word file of one paragraph a line.
fn docx(paragraphs: &str, numbering: Option<&str>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut part = |name: &str, text: &str| {
        archive.start_file(name, options).expect("a part");
        archive.write_all(text.as_bytes()).expect("its text");
    };
    part(
        "word/document.xml",
        &format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>"
        ),
    );
    if let Some(numbering) = numbering {
        part(
            "word/numbering.xml",
            &format!("<w:numbering xmlns:w=\"w\">{numbering}</w:numbering>"),
        );
    }
    archive.finish().expect("an archive").into_inner()
}

#[test]
fn a_word_file() {
    // Runs split anywhere, as Word splits them.
    let paragraphs: String = TEXT
        .lines()
        .map(|line| {
            let (a, b) = line.split_at(line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at));
            format!("<w:p><w:r><w:t>{a}</w:t></w:r><w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:r><w:t xml:space=\"preserve\">{b}</w:t></w:r></w:p>")
        })
        .collect();
    assert_read(&compile(&docx(&paragraphs, None)).expect("a plan").plan, "docx");
}

#[test]
fn a_word_file_with_automatic_numbers_and_a_table() {
    let numbering = "<w:abstractNum w:abstractNumId=\"4\">\
        <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1、\"/></w:lvl>\
        <w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"9\"><w:abstractNumId w:val=\"4\"/></w:num>";
    let item = |level: usize, text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"9\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(|text| cell(text)).collect::<String>()
        )
    };
    let body = [
        "<w:p><w:r><w:t>某某区科普工作方案</w:t></w:r></w:p>".to_owned(),
        item(0, "总体要求"),
        item(0, "主要任务"),
        item(1, "办好科普月。全区同办。（区科协负责）"),
        item(1, "建好基地。新建一批。（区科委负责）"),
        "<w:p><w:r><w:t>附件</w:t></w:r></w:p>".to_owned(),
        format!(
            "<w:tbl>{}{}</w:tbl>",
            row(&["重点任务", "责任单位"]),
            row(&["巡展", "区文化和旅游局、区科协"])
        ),
    ]
    .concat();
    let plan = compile(&docx(&body, Some(numbering))).expect("a plan").plan;
    let numbers: Vec<_> = plan
        .sections
        .iter()
        .flat_map(|s| &s.measures)
        .map(|m| m.number.clone().unwrap_or_default())
        .collect();
    assert_eq!(numbers, ["（一）", "（二）", ""]);
    let last = plan.sections.last().and_then(|s| s.measures.last()).expect("a row");
    assert_eq!(last.duties[0].responsible, ["区文化和旅游局", "区科协"]);
    assert_eq!(plan.sections[1].path, ["二"]);
}

#[test]
fn files_that_hold_no_plan_are_refused_with_a_reason() {
    assert_eq!(compile(b""), Err(NoPlan::Empty));
    assert_eq!(compile("  \n\u{3000}\n".as_bytes()), Err(NoPlan::Empty));
    assert!(matches!(
        compile(b"%PDF-1.7 ..."),
        Err(NoPlan::Format { kind: "PDF 文件", .. })
    ));
    assert!(matches!(
        compile(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1]),
        Err(NoPlan::Format { .. })
    ));
    assert!(matches!(compile(b"PK\x03\x04broken"), Err(NoPlan::Damaged(_))));
    assert!(matches!(
        compile_text("今天天气很好，我们去公园。"),
        Err(NoPlan::NotAPlan(_))
    ));
    assert!(matches!(compile_text("1. 买菜\n2. 做饭\n"), Err(NoPlan::NotAPlan(_))));
}

#[test]
fn indicator_tables_give_baselines_and_targets() {
    let text = "某某区科普规划（2026-2030年）\n一、发展目标\n主要指标见下表。\n指标\t单位\t2025年\t2030年\t属性\n\
                公民具备科学素质的比例\t%\t21.4\t30\t预期性\n每万人科普场馆面积\t平方米\t85\t≥120\t约束性\n二、主要任务\n（一）建设场馆。建好一批。（区科协负责）\n";
    for text in [text.to_owned(), text.replace('\t', "\n")] {
        let plan = compile_text(&text).expect("a plan").plan;
        let rows: Vec<_> = plan
            .targets
            .iter()
            .map(|t| {
                (
                    t.metric.as_deref().unwrap_or(""),
                    t.kind,
                    t.value,
                    t.year,
                    t.unit.as_deref(),
                    t.binding.as_deref(),
                )
            })
            .collect();
        assert_eq!(rows.len(), 4, "{rows:?}");
        assert!(
            rows.contains(&(
                "公民具备科学素质的比例",
                TargetKind::Baseline,
                Some(21.4),
                Some(2025),
                Some("%"),
                Some("预期性")
            )),
            "{rows:?}"
        );
        assert!(
            rows.contains(&(
                "每万人科普场馆面积",
                TargetKind::Target,
                Some(120.0),
                Some(2030),
                Some("平方米"),
                Some("约束性")
            )),
            "{rows:?}"
        );
    }
}

#[test]
fn targets_of_one_sentence() {
    let goals = |sentence: &str| {
        let text = format!(
            "某某区方案（2026-2030年）\n一、工作目标\n{sentence}\n二、任务\n（一）做事。做好。（区科协负责）\n"
        );
        let plan = compile_text(&text).expect("a plan").plan;
        plan.targets
            .into_iter()
            .map(|t| {
                (
                    t.metric.unwrap_or_default(),
                    t.value.unwrap_or_default(),
                    t.year,
                    t.kind,
                )
            })
            .collect::<Vec<_>>()
    };
    use TargetKind::{Baseline, Target};
    assert_eq!(
        goals("到2030年，城镇居民、农村居民具备科学素质的比例分别达到32%和24%。"),
        [
            ("城镇居民".to_owned(), 32.0, Some(2030), Target),
            ("农村居民具备科学素质的比例".to_owned(), 24.0, Some(2030), Target)
        ]
    );
    assert_eq!(
        goals("到2030年，科普基地开放率、活动室使用率均达到90%以上。"),
        [
            ("科普基地开放率".to_owned(), 90.0, Some(2030), Target),
            ("活动室使用率".to_owned(), 90.0, Some(2030), Target)
        ]
    );
    assert_eq!(
        goals("公民具备科学素质的比例从2025年的21.4%提高到2030年的30%以上。"),
        [
            ("公民具备科学素质的比例".to_owned(), 21.4, Some(2025), Baseline),
            ("公民具备科学素质的比例".to_owned(), 30.0, Some(2030), Target)
        ]
    );
}

#[test]
fn deadlines_in_their_forms() {
    let due = |text: &str| {
        let text = format!("某某区方案（2026-2030年）\n一、任务\n（一）做事。{text}。（区科协负责）\n");
        let plan = compile_text(&text).expect("a plan").plan;
        plan.deadlines
            .into_iter()
            .map(|d| (d.text, d.kind, d.from, d.until, d.days))
            .collect::<Vec<_>>()
    };
    let one = |text: &str| {
        due(text)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("no deadline in {text}"))
    };
    use DeadlineKind::{AfterIssue, By, From, Range, Relative, Yearly};
    let day = |text: &str| Some(text.to_owned());
    assert_eq!(
        one("2019年6月底前完成"),
        ("2019年6月底前".to_owned(), By, None, day("2019-06-30"), None)
    );
    assert_eq!(
        one("2028年2月底前完成"),
        ("2028年2月底前".to_owned(), By, None, day("2028-02-29"), None)
    );
    assert_eq!(
        one("2019年1月1日至12月31日试行"),
        (
            "2019年1月1日至12月31日".to_owned(),
            Range,
            day("2019-01-01"),
            day("2019-12-31"),
            None
        )
    );
    assert_eq!(
        one("自本意见印发之日起30日内报备"),
        ("自本意见印发之日起30日内".to_owned(), AfterIssue, None, None, Some(30))
    );
    assert_eq!(one("从2027年1月1日起执行").1, From);
    assert_eq!(one("每年2月底前报送名单").1, Yearly);
    assert_eq!(one("上半年完成招标").1, Relative);
    assert_eq!(
        one("2027年上半年完成"),
        (
            "2027年上半年".to_owned(),
            By,
            day("2027-01-01"),
            day("2027-06-30"),
            None
        )
    );
}

#[test]
fn a_word_file_that_counts_without_end_is_survived() {
    let huge = "4000000000";
    let numbering = format!(
        "<w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"{huge}\"><w:start w:val=\"18446744073709551615\"/>\
         <w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"{}%1\"/></w:lvl></w:abstractNum>\
         <w:num w:numId=\"9\"><w:abstractNumId w:val=\"4\"/></w:num>",
        "长".repeat(5000)
    );
    let item = format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{huge}\"/><w:numId w:val=\"9\"/></w:numPr></w:pPr><w:r><w:t>做事</w:t></w:r></w:p>"
    );
    let text = kepu_plan::Source::decode(&docx(&item.repeat(50), Some(&numbering)))
        .expect("text")
        .text;
    assert!(text.chars().count() < 10_000);
}
