//! The many ways in which documents say who answers for what. Every sentence here is made up.

use kepu_plan::model::{Duty, DutyKind, Plan};

/// A plan with one programme whose measures end in the given texts.
fn plan(measures: &[&str]) -> Plan {
    let mut text = "某某区科学素质行动实施方案（2026-2030年）\n一、主要任务\n".to_owned();
    for (index, measure) in measures.iter().enumerate() {
        let number = ["一", "二", "三", "四", "五"][index];
        text.push_str(&format!("（{number}）做好第{number}件事。把这件事做好。{measure}\n"));
    }
    kepu_plan::compile_text(&text).expect("a plan").plan
}

fn duties(plan: &Plan) -> Vec<&Duty> {
    plan.all_duties().collect()
}

/// Expected units: lead, participants, responsible, guides.
type Units<'a> = (&'a [&'a str], &'a [&'a str], &'a [&'a str], &'a [&'a str]);

fn check(clause: &str, kind: DutyKind, units: Units<'_>, open_ended: bool) {
    let plan = plan(&[clause]);
    let duties = duties(&plan);
    assert_eq!(duties.len(), 1, "{clause}: {duties:?}");
    let duty = duties[0];
    let found = (&duty.lead, &duty.participants, &duty.responsible, &duty.guides);
    let names = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
    let wanted = (&names(units.0), &names(units.1), &names(units.2), &names(units.3));
    assert_eq!(found, wanted, "{clause}");
    assert_eq!(duty.kind, kind, "{clause}");
    assert_eq!(duty.open_ended, open_ended, "{clause}");
}

#[test]
fn lead_and_participants() {
    use DutyKind::{AllLead, LeadByDuty, LeadNamed, LeadOnly};
    let cases: &[(&str, DutyKind, Units<'_>, bool)] = &[
        (
            "（分工：由区教委、团区委牵头，区科协、各街道乡镇等单位共同参与。）",
            LeadNamed,
            (&["区教委", "团区委"], &["区科协", "各街道乡镇"], &[], &[]),
            true,
        ),
        (
            "（分工：区教委、团区委牵头，区科协、各街道乡镇共同参与。）",
            LeadNamed,
            (&["区教委", "团区委"], &["区科协", "各街道乡镇"], &[], &[]),
            false,
        ),
        (
            "（牵头单位：市科协，配合单位：市教育局、市卫健委，各有关区、县级市）",
            LeadNamed,
            (&["市科协"], &["市教育局", "市卫健委", "各有关区", "县级市"], &[], &[]),
            false,
        ),
        (
            "(牵头单位:市科协;配合单位:市教育局,市卫健委)",
            LeadNamed,
            (&["市科协"], &["市教育局", "市卫健委"], &[], &[]),
            false,
        ),
        (
            "（市科协、市教育局牵头负责）",
            AllLead,
            (&["市科协", "市教育局"], &[], &[], &[]),
            false,
        ),
        ("（市科协牵头）", LeadOnly, (&["市科协"], &[], &[], &[]), false),
        (
            "（市科协牵头，各部门及各地区按职责分工负责）",
            LeadByDuty,
            (&["市科协"], &["各部门", "各地区"], &[], &[]),
            false,
        ),
        (
            "（住房城乡建设部牵头，教育部等国务院相关部门及各地区按职责分工负责）",
            LeadByDuty,
            (&["住房城乡建设部"], &["教育部", "各地区"], &[], &[]),
            true,
        ),
        (
            "（由 区教委 牵头, 区科协、区妇联 参加）",
            LeadNamed,
            (&["区教委"], &["区科协", "区妇联"], &[], &[]),
            false,
        ),
        (
            "（区科协牵头，会同区教委、区民政局落实）",
            LeadNamed,
            (&["区科协"], &["区教委", "区民政局"], &[], &[]),
            false,
        ),
        (
            "（责任单位：区教委（牵头）、区科协、区妇联）",
            LeadNamed,
            (&["区教委"], &["区科协", "区妇联"], &[], &[]),
            false,
        ),
        (
            "【牵头单位：区科协；参与单位：区文化和旅游局、各街道、乡镇】",
            LeadNamed,
            (&["区科协"], &["区文化和旅游局", "各街道", "乡镇"], &[], &[]),
            false,
        ),
    ];
    for (clause, kind, units, open) in cases {
        check(clause, *kind, *units, *open);
    }
}

#[test]
fn nobody_is_guessed_to_lead() {
    use DutyKind::{ByDuty, ResponsibleList};
    let cases: &[(&str, DutyKind, Units<'_>, bool)] = &[
        (
            "（区教委、区科协负责）",
            ResponsibleList,
            (&[], &[], &["区教委", "区科协"], &[]),
            false,
        ),
        (
            "责任单位：区教委、区科协。",
            ResponsibleList,
            (&[], &[], &["区教委", "区科协"], &[]),
            false,
        ),
        (
            "责任单位：市交通委（市道运局）、市公安局、市通信管理局等；各区政府",
            ResponsibleList,
            (
                &[],
                &[],
                &["市交通委（市道运局）", "市公安局", "市通信管理局", "各区政府"],
                &[],
            ),
            true,
        ),
        (
            "（市交通委（市道运局）、市公安局按职责分工负责）",
            ByDuty,
            (&[], &[], &["市交通委（市道运局）", "市公安局"], &[]),
            false,
        ),
        (
            "省科技厅、工业和信息化厅按职责分工负责。",
            ByDuty,
            (&[], &[], &["省科技厅", "工业和信息化厅"], &[]),
            false,
        ),
        (
            "（各有关部门和单位按职责分工负责）",
            ByDuty,
            (&[], &[], &["各有关部门和单位"], &[]),
            false,
        ),
        (
            "（国家发展改革委会同有关部门负责）",
            ResponsibleList,
            (&[], &[], &["国家发展改革委"], &[]),
            true,
        ),
        (
            "（责任单位：区委宣传部、区文化和旅游局、区人力资源和社会保障局，各街道办事处、乡镇人民政府）",
            ResponsibleList,
            (
                &[],
                &[],
                &[
                    "区委宣传部",
                    "区文化和旅游局",
                    "区人力资源和社会保障局",
                    "各街道办事处",
                    "乡镇人民政府",
                ],
                &[],
            ),
            false,
        ),
    ];
    for (clause, kind, units, open) in cases {
        check(clause, *kind, *units, *open);
    }
}

#[test]
fn guidance() {
    use DutyKind::{Guide, GuideImplement, GuideParticipate};
    let cases: &[(&str, DutyKind, Units<'_>, bool)] = &[
        (
            "（市教委指导，各区政府参与）",
            GuideParticipate,
            (&[], &["各区政府"], &[], &["市教委"]),
            false,
        ),
        (
            "（市教委指导，各区政府负责落实）",
            GuideImplement,
            (&[], &[], &["各区政府"], &["市教委"]),
            false,
        ),
        (
            "（市教委、市科协指导）",
            Guide,
            (&[], &[], &[], &["市教委", "市科协"]),
            false,
        ),
        (
            "（指导单位：市教委；实施单位：各区政府）",
            GuideImplement,
            (&[], &[], &["各区政府"], &["市教委"]),
            false,
        ),
    ];
    for (clause, kind, units, open) in cases {
        check(clause, *kind, *units, *open);
    }
}

#[test]
fn a_rule_stated_once_holds_to_the_end() {
    let plan = plan(&[
        "（区教委、区科协负责，排在第一位的部门为牵头部门，下同）",
        "（区科协、区妇联负责）",
        "（各部门按职责分工负责）",
        "（区民政局牵头，区科协参与）",
    ]);
    let duties = duties(&plan);
    assert_eq!(duties[0].kind, DutyKind::FirstIsLead);
    assert_eq!(
        (&duties[1].lead, &duties[1].participants),
        (&vec!["区科协".to_owned()], &vec!["区妇联".to_owned()])
    );
    assert_eq!(duties[2].kind, DutyKind::ByDuty, "a collective leads nothing");
    assert_eq!(
        duties[3].kind,
        DutyKind::LeadNamed,
        "what is named goes before the rule"
    );
    assert_eq!(plan.lead_rule.as_deref(), Some("排在第一位的部门为牵头部门，下同"));
}

#[test]
fn a_standing_rule_adds_a_unit_to_what_follows() {
    let plan = plan(&[
        "（市教委指导，各区政府负责落实。以下均需各区政府落实，不再列出）",
        "（市科协指导）",
    ]);
    let duties = duties(&plan);
    assert_eq!(duties[0].kind, DutyKind::GuideImplement);
    assert_eq!(duties[0].responsible, ["各区政府"]);
    assert!(duties[0].standing.is_empty());
    assert_eq!(duties[1].kind, DutyKind::Guide);
    assert_eq!(duties[1].standing, ["各区政府"]);
}

#[test]
fn each_of_several_clauses_covers_the_sentences_before_it() {
    let text =
        "某某区实施方案\n一、主要任务\n（一）办好活动。先办讲座。（区科协负责）再办展览。（区教委、区妇联负责）\n";
    let compiled = kepu_plan::compile_text(text).expect("a plan");
    let measure = &compiled.plan.sections[0].measures[0];
    let covered: Vec<&str> = measure
        .duties
        .iter()
        .map(|duty| compiled.source.slice(duty.covers))
        .collect();
    assert_eq!(covered, ["（一）办好活动。先办讲座。", "再办展览。"]);
    assert_eq!(measure.text, "先办讲座。再办展览。");
}

#[test]
fn labelled_lines_are_one_clause() {
    let text = "某某区实施方案\n一、重点行动\n（一）青少年行动\n——办讲座。一年两次。\n——办展览。一年一次。\n\
                牵头单位：区教委、团区委\n参与单位：区科协，各街道、各乡镇\n（二）老年人行动\n——教手机。\n——讲健康。常讲。\n责任单位：区民政局、区卫生健康委\n";
    let plan = kepu_plan::compile_text(text).expect("a plan").plan;
    let section = plan
        .sections
        .iter()
        .find(|section| section.title.as_deref() == Some("青少年行动"))
        .expect("a section");
    assert_eq!(section.duties.len(), 1, "{:?}", section.duties);
    assert_eq!(section.duties[0].kind, DutyKind::LeadNamed);
    assert_eq!(section.duties[0].lead, ["区教委", "团区委"]);
    assert_eq!(section.duties[0].participants, ["区科协", "各街道", "各乡镇"]);
    assert!(section.measures.iter().all(|measure| measure.inherits_duties));
}

#[test]
fn a_clause_in_the_heading_covers_the_section() {
    let text = "某某区任务分工\n一、加强宣传（由 区委宣传部 牵头, 区科协、区教委 参加）\n1.办专栏。每周一期。\n2.办讲座。每月一次。\n二、加强培训（由区委组织部牵头，区委党校参加）\n3.办培训班。每年一期。\n";
    let plan = kepu_plan::compile_text(text).expect("a plan").plan;
    let first = plan
        .sections
        .iter()
        .find(|section| section.title.as_deref() == Some("加强宣传"))
        .expect("a section");
    assert_eq!(first.duties[0].lead, ["区委宣传部"]);
    assert_eq!(first.duties[0].participants, ["区科协", "区教委"]);
    assert_eq!(first.measures.len(), 2);
    let second = plan
        .sections
        .iter()
        .find(|section| section.title.as_deref() == Some("加强培训"))
        .expect("a section");
    assert_eq!(second.measures[0].number.as_deref(), Some("3."));
}

#[test]
fn brackets_that_are_no_clauses_stay_text() {
    let plan = plan(&[
        "（设在区科协，以下简称区纲要办）",
        "支持科普基地（含科技馆、博物馆）开放。",
        "落实三年计划（由区政府审定的）。",
    ]);
    assert_eq!(duties(&plan).len(), 0);
}

#[test]
fn unmarked_paragraphs_with_clauses_are_measures() {
    let text = "某某市工作要点\n一、重点工作\n办好科普月。全市同步开展。（市科协牵头，市教育局参与）\n建好科普基地。新认定一批。（市科技局负责）\n二、保障措施\n各部门要抓好落实。\n";
    let plan = kepu_plan::compile_text(text).expect("a plan").plan;
    let section = plan
        .sections
        .iter()
        .find(|section| section.title.as_deref() == Some("重点工作"))
        .expect("a section");
    let titles: Vec<_> = section
        .measures
        .iter()
        .map(|measure| measure.title.as_deref().unwrap_or(""))
        .collect();
    assert_eq!(titles, ["办好科普月", "建好科普基地"]);
}

#[test]
fn tables_give_duties_by_column() {
    let rows = "序号\t重点任务\t牵头单位\t参与单位\t完成时限\n1\t办好科普月\t区科协\t区教委、各街道乡镇\t2026年9月底前\n2\t建好科普基地\t区科委\t区文化和旅游局等\t持续推进\n";
    let stacked = rows.replace('\t', "\n");
    for table in [rows, &stacked] {
        let text = format!("某某区实施方案\n一、总体要求\n坚持需求导向，做到全民参与。\n附件\n任务分工表\n{table}");
        let plan = kepu_plan::compile_text(&text).expect("a plan").plan;
        let measures: Vec<_> = plan.sections.iter().flat_map(|section| &section.measures).collect();
        assert_eq!(measures.len(), 2, "{table}");
        assert_eq!(measures[0].title.as_deref(), Some("办好科普月"));
        let duty = &measures[1].duties[0];
        assert_eq!(duty.kind, DutyKind::Table);
        assert_eq!(
            (&duty.lead, &duty.participants),
            (&vec!["区科委".to_owned()], &vec!["区文化和旅游局".to_owned()])
        );
        assert!(duty.open_ended);
        let due: Vec<_> = plan.deadlines.iter().map(|deadline| deadline.text.as_str()).collect();
        assert_eq!(due, ["2026年9月底前", "持续推进"]);
    }
}
