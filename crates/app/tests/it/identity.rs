//! What stays itself: measures when sections move, units when the roster comes late, the plan that holds when a
//! successor is put in force.

use kepu_app::installation::MIGRATIONS;
use kepu_app::people::units::{self, read_csv};
use kepu_app::plan::document::{Edition, Level, Loaded, NewPlan};
use kepu_db::{Tx, both};
use kepu_kit::{Ids, Seed};

use crate::harness::{DURING, PLAN, World};

fn new(text: &str, in_force: bool) -> NewPlan {
    let compiled = kepu_plan::compile_text(text).unwrap();
    NewPlan {
        level: Level::District,
        source: compiled.source.text,
        plan: compiled.plan,
        note: String::new(),
        in_force,
        basis: None,
    }
}

fn load(world: &World, new: &NewPlan) -> Edition {
    let (Loaded::New(head) | Loaded::Same(head)) = world.load(new, DURING + 1);
    world.edition(&head.id)
}

/// Three programmes with a measure or two each; `first` stands before them.
fn programmes(first: &str) -> String {
    let parts = [
        first,
        "科技节|办好科技节",
        "下乡|送科技下乡|办好培训",
        "技能|办好技能赛",
    ];
    let mut text = "某某区科学素质行动实施方案（2031-2035年）\n一、重点行动\n".to_owned();
    for (index, part) in parts.iter().filter(|part| !part.is_empty()).enumerate() {
        let mut words = part.split('|');
        let number = ["一", "二", "三", "四"][index];
        text.push_str(&format!("（{number}）{}行动\n", words.next().unwrap()));
        for measure in words {
            text.push_str(&format!("——{measure}。每年至少一次，做好记录。\n"));
        }
        text.push_str("（分工：由区教委牵头，区科协参与。）\n");
    }
    text
}

fn ids(edition: &Edition) -> Vec<(String, String)> {
    edition
        .items
        .iter()
        .map(|item| (item.title.clone(), item.id.clone()))
        .collect()
}

both! {
    fn measures_stay_themselves_when_a_programme_is_put_in_front(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let before = ids(&load(&world, &new(&programmes(""), false)));
        let after = ids(&load(&world, &new(&programmes("阅读|办好读书会"), false)));
        assert_eq!(after.len(), before.len() + 1);
        for (title, id) in &before {
            let now = after.iter().find(|(other, _)| other == title).unwrap();
            assert_eq!(&now.1, id, "{title}");
        }
        assert!(!before.iter().any(|(_, id)| *id == after[0].1), "the new measure has an id of its own");
    }

    fn a_removed_measure_does_not_lend_its_id_to_another(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let before = ids(&load(&world, &new(&programmes(""), false)));
        let text = programmes("").replace("——送科技下乡。每年至少一次，做好记录。\n", "").replace("办好技能赛", "办好比武");
        let after = ids(&load(&world, &new(&text, false)));
        let removed = &before.iter().find(|(title, _)| title == "送科技下乡").unwrap().1;
        assert!(after.iter().all(|(_, id)| id != removed));
    }

    fn a_roster_that_comes_late_takes_the_names_over(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let (_, register) = world.db.read_blocking(units::register).unwrap();
        let waiting = register.find("老科协").unwrap().clone();
        assert!(!waiting.checked);
        let roster = "code,name,full_name,kind,aliases,region,collective,members,seat\n\
                      laokexie,区老科协,,群团,老科协,,no,,\n";
        let listed = read_csv(roster.as_bytes()).unwrap();
        let act = move |tx: &mut Tx| units::load(tx, &Ids::new(DURING, Seed(9)), DURING, &listed);
        world.db.write_blocking(act).unwrap();
        let (_, register) = world.db.read_blocking(units::register).unwrap();
        let known = register.find("老科协").unwrap();
        assert_eq!((known.id.as_str(), known.code.as_str(), known.checked), (waiting.id.as_str(), "laokexie", true));
    }

    fn the_plan_put_in_force_last_holds_and_the_old_one_stays_whole(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let old = world.current();
        let successor = load(&world, &new(&PLAN.replace("2021-2025", "2026-2030").replace("3号", "8号"), true));
        assert_ne!(old.head.plan, successor.head.plan);
        assert_eq!(world.current().head.id, successor.head.id);
        let page = world.get(&format!("/editions/{}", old.head.id)).ok().text();
        assert!(page.contains("已经有接续的方案"));
        assert!(!page.contains("href=\"/plan/measures/"), "pages of the old plan lead to the old plan");
    }

    fn names_of_a_higher_plan_are_no_units_of_the_district(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let before = world.db.read_blocking(units::register).unwrap().1.units().len();
        let text = "某市科普工作方案（2026-2030年）\n一、重点任务\n（一）办好科普月。全市同办。（省科技厅、市海洋局负责）\n";
        let city = NewPlan { level: Level::City, ..new(text, true) };
        load(&world, &city);
        assert_eq!(world.db.read_blocking(units::register).unwrap().1.units().len(), before);
    }

    fn odd_addresses_find_nothing(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        for path in ["/editions/%FF", "/editions/%00", "/api/v1/editions/%00", "/regions/%00", "/units/%00x"] {
            let status = world.get(path).status.as_u16();
            assert!(status == 404 || status == 400, "{path}: {status}");
        }
    }
}
