//! A plan's life: upward links, closing, successors.

use kepu_app::installation::MIGRATIONS;
use kepu_app::plan::document::{Edition, Level, Loaded, NewPlan};
use kepu_app::plan::life::{self, Closing, Filled, Mapping, MeasureClosing, State, TargetClosing};
use kepu_db::both;
use kepu_db::{Error, Read, Tx};

use crate::harness::{AFTER, CITY, World};

fn import(world: &World, old: &Edition, filled: &Filled) -> Result<u64, life::Refused> {
    let (old, filled) = (old.clone(), filled.clone());
    world
        .db
        .write_blocking(move |tx| life::import(tx, AFTER, &old, None, &filled))
        .unwrap()
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
    let (Loaded::New(head) | Loaded::Same(head)) = world.load(&new, AFTER);
    world.edition(&head.id)
}

both! {
    fn a_measure_answers_only_to_a_higher_plan(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        let (district, city) = (world.current(), load(&world, CITY, Level::City));
        let link = |lower: (&Edition, &str), higher: (&Edition, &str)| {
            let own = |(edition, code): (&Edition, &str)| (edition.clone(), code.to_owned());
            let (lower, higher) = (own(lower), own(higher));
            let act = move |tx: &mut Tx| life::link(tx, AFTER, (&lower.0, &lower.1), (&higher.0, &higher.1), "");
            world.db.write_blocking(act).unwrap()
        };
        link((&district, "3.1-1"), (&city, "1.1-1")).unwrap();
        assert!(link((&city, "1.1-1"), (&district, "3.1-1")).unwrap_err().0.contains("更高一级"));
        assert!(link((&district, "9.9-9"), (&city, "1.1-1")).unwrap_err().0.contains("9.9-9"));
        let page = world.get("/plan/measures/3.1-1").ok().text();
        assert!(page.contains("1.1-1 开展校园科技活动"), "{page}");
        assert_eq!(world.get("/api/v1/plan/links").ok().json().as_array().unwrap().len(), 1);
    }
}

both! {
    fn a_plan_that_is_over_says_so(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        assert!(world.get("/").ok().text().contains("期限已过"));
        assert!(world.get("/plan/closing").ok().text().contains("还没有去向的"));
        let during = World::at(db, crate::harness::DURING);
        assert!(!during.get("/").ok().text().contains("期限已过"));
    }
}

both! {
    fn a_closing_shows_what_was_done_and_what_was_reached(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        let old = world.current();
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
            cleared: life::Cleared::default(),
        };
        import(&world, &old, &filled).unwrap();
        let page = world.get("/plan/closing").ok().main();
        for words in ["办了五届", "没有达到", "24.1%", "不再继续：并入教师培训规划"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        let sheet = life::write_closing(&old, &filled.closing, &[]).unwrap();
        assert_eq!(life::read_closing(&old, &sheet).unwrap().closing, filled.closing);
    }
}

both! {
    fn an_empty_row_takes_back_what_was_said_and_an_export_loses_nothing(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        let old = world.current();
        let goal = old.plan.targets.iter().find(|target| target.value == Some(25.0)).unwrap();
        let measure = old.item("3.1-1").unwrap().id.clone();
        let filled = Filled {
            closing: Closing {
                measures: vec![MeasureClosing {
                    measure,
                    state: State::Partly,
                    done: "办了三届。".to_owned(),
                    source: String::new(),
                }],
                targets: vec![TargetClosing {
                    target: format!("{}|2025", goal.metric.as_deref().unwrap()),
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
            cleared: life::Cleared::default(),
        };
        import(&world, &old, &filled).unwrap();
        let plan = old.head.plan.clone();
        let kept = move |read: &Read| Ok::<_, Error>((life::closing_of(read, &plan)?, life::list_successors(read, &plan)?));
        let (closing, successors) = world.db.read_blocking(kept.clone()).unwrap();
        let sheet = life::write_closing(&old, &closing, &successors).unwrap();
        let again = life::read_closing(&old, &sheet).unwrap();
        assert_eq!((&again.closing, &again.mappings), (&filled.closing, &filled.mappings));
        assert_eq!(import(&world, &old, &again), Ok(0));

        let blank = life::write_closing(&old, &Closing::default(), &[]).unwrap();
        let blank = life::read_closing(&old, &blank).unwrap();
        assert_eq!(import(&world, &old, &blank), Ok(3));
        let (closing, successors) = world.db.read_blocking(kept).unwrap();
        assert_eq!((closing, successors.len()), (Closing::default(), 0));
    }

    fn only_a_later_plan_of_the_same_level_can_follow(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        let (old, city) = (world.current(), load(&world, CITY, Level::City));
        let earlier = load(&world, &crate::harness::PLAN.replace("2021-2025", "2016-2020").replace("3号", "7号"), Level::District);
        for (new, why) in [(city, "下一份"), (earlier, "期限不晚于")] {
            let (from, code) = (old.clone(), new.items[0].code.clone());
            let act = move |tx: &mut Tx| life::succeed(tx, AFTER, (&from, "3.1-1"), Some((&new, std::slice::from_ref(&code))), "");
            let refused = world.db.write_blocking(act).unwrap().unwrap_err();
            assert!(refused.0.contains(why), "{}", refused.0);
        }
    }
}

both! {
    fn a_refused_import_leaves_nothing(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        let old = world.current();
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
            cleared: life::Cleared::default(),
        };
        let refused = import(&world, &old, &filled);
        assert!(refused.unwrap_err().0.contains("--next"));
        assert!(world.get("/api/v1/plan/closing").ok().json()["successors"].as_array().unwrap().is_empty());
    }
}

both! {
    fn an_old_measure_lives_on_in_the_next_plan(db, MIGRATIONS) {
        let world = World::filled(db, AFTER);
        let old = world.current();
        let next = load(&world, &crate::harness::PLAN.replace("2021-2025", "2026-2030").replace("3号", "8号"), Level::District);
        assert_ne!(old.head.plan, next.head.plan);
        let codes = ["3.1-1".to_owned(), "3.2-1".to_owned()];
        let from = old.clone();
        let act = move |tx: &mut Tx| life::succeed(tx, AFTER, (&from, "3.1-1"), Some((&next, &codes)), "");
        world.db.write_blocking(act).unwrap().unwrap();
        let page = world.get("/plan/measures/3.1-1").ok().text();
        assert!(page.contains("3.2-1 加强健康科普服务"), "{page}");
        let silent = world.db.write_blocking(move |tx| life::succeed(tx, AFTER, (&old, "3.1-1"), None, " ")).unwrap();
        assert!(silent.unwrap_err().0.contains("原因"));
    }
}
