//! A plan's life: upward links, closing, successors.

use kepu_app::plan::document::{self, Edition, Level, Loaded, NewPlan, load_edition, read_edition};
use kepu_app::plan::life::{self, Closing, Filled, Mapping, MeasureClosing, State, TargetClosing};

use crate::harness::{AFTER, CITY, World, fresh};

fn edition(world: &World, id: &str) -> Edition {
    let head = world.db.read_blocking(|read| document::find_edition(read, id)).unwrap().unwrap();
    world.db.read_blocking(|read| read_edition(read, head.clone())).unwrap()
}

fn current(world: &World) -> Edition {
    edition(world, &world.db.read_blocking(document::find_in_force).unwrap().unwrap())
}

fn load(world: &World, text: &str, level: Level) -> Edition {
    let compiled = kepu_plan::compile_text(text).unwrap();
    let new = NewPlan {
        level,
        source: compiled.source.text,
        plan: compiled.plan,
        note: String::new(),
        in_force: false,
        basis: None,
    };
    let loaded = world.db.write_blocking(|tx| load_edition(tx, &world.ids, AFTER, &new)).unwrap();
    let (Loaded::New(head) | Loaded::Same(head)) = loaded;
    edition(world, &head.id)
}

#[test]
fn a_measure_answers_only_to_a_higher_plan() {
    let world = World::filled(fresh(), AFTER);
    let (district, city) = (current(&world), load(&world, CITY, Level::City));
    let link = |lower: (&Edition, &str), higher: (&Edition, &str)| {
        world.db.write_blocking(|tx| life::link(tx, AFTER, lower, higher, "")).unwrap()
    };
    link((&district, "3.1-1"), (&city, "1.1-1")).unwrap();
    assert!(link((&city, "1.1-1"), (&district, "3.1-1")).unwrap_err().0.contains("更高一级"));
    assert!(link((&district, "9.9-9"), (&city, "1.1-1")).unwrap_err().0.contains("9.9-9"));
    let page = world.get("/plan/measures/3.1-1").ok().text();
    assert!(page.contains("1.1-1 开展校园科技活动"), "{page}");
    assert_eq!(world.get("/api/v1/plan/links").ok().json().as_array().unwrap().len(), 1);
}

#[test]
fn a_plan_that_is_over_says_so() {
    let world = World::filled(fresh(), AFTER);
    assert!(world.get("/").ok().text().contains("期限已过"));
    let during = World::filled(fresh(), crate::harness::DURING);
    assert!(!during.get("/").ok().text().contains("期限已过"));
}

#[test]
fn a_closing_shows_what_was_done_and_what_was_reached() {
    let world = World::filled(fresh(), AFTER);
    let old = current(&world);
    let goal = old.plan.targets.iter().find(|target| target.value == Some(25.0)).unwrap();
    let metric = goal.metric.clone().unwrap();
    let filled = Filled {
        closing: Closing {
            measures: vec![MeasureClosing {
                measure: old.item("3.1-1").unwrap().id.clone(),
                state: State::Done,
                done: "办了五届。".to_owned(),
                source: "年度总结".to_owned(),
            }],
            targets: vec![TargetClosing {
                target: format!("{metric}|2025"),
                value: Some(24.1),
                year: Some(2025),
                source: "抽样调查".to_owned(),
                note: String::new(),
            }],
        },
        mappings: vec![Mapping {
            code: "3.1-2".to_owned(),
            successors: Vec::new(),
            reason: "并入教师培训规划".to_owned(),
        }],
    };
    world.db.write_blocking(|tx| life::import(tx, AFTER, &old, None, &filled)).unwrap().unwrap();
    let page = world.get("/plan/closing").ok().main();
    for words in ["办了五届", "没有达到", "24.1%", "不再继续：并入教师培训规划"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let sheet = life::write_closing(&old, &filled.closing).unwrap();
    assert_eq!(life::read_closing(&old, &sheet).unwrap().closing, filled.closing);
}

#[test]
fn a_refused_import_leaves_nothing() {
    let world = World::filled(fresh(), AFTER);
    let old = current(&world);
    let filled = Filled {
        closing: Closing::default(),
        mappings: vec![
            Mapping {
                code: "3.1-2".to_owned(),
                successors: Vec::new(),
                reason: "结束".to_owned(),
            },
            Mapping {
                code: "3.1-1".to_owned(),
                successors: vec!["1.1-1".to_owned()],
                reason: String::new(),
            },
        ],
    };
    let refused = world.db.write_blocking(|tx| life::import(tx, AFTER, &old, None, &filled)).unwrap();
    assert!(refused.unwrap_err().0.contains("--next"));
    assert!(world.get("/api/v1/plan/closing").ok().json()["successors"].as_array().unwrap().is_empty());
}

#[test]
fn an_old_measure_lives_on_in_the_next_plan() {
    let world = World::filled(fresh(), AFTER);
    let old = current(&world);
    let next = load(&world, &crate::harness::PLAN.replace("2021-2025", "2026-2030").replace("3号", "8号"), Level::District);
    assert_ne!(old.head.plan, next.head.plan);
    let codes = ["3.1-1".to_owned(), "3.2-1".to_owned()];
    world.db.write_blocking(|tx| life::succeed(tx, AFTER, (&old, "3.1-1"), Some((&next, &codes)), "")).unwrap().unwrap();
    let page = world.get("/plan/measures/3.1-1").ok().text();
    assert!(page.contains("3.2-1 加强健康科普服务"), "{page}");
    let silent = world.db.write_blocking(|tx| life::succeed(tx, AFTER, (&old, "3.1-1"), None, " ")).unwrap();
    assert!(silent.unwrap_err().0.contains("原因"));
}
