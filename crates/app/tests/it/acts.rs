//! Acts: loading, editions, corrections.

use kepu_app::installation::MIGRATIONS;
use kepu_app::people::units;
use kepu_app::plan::document::{
    self, Head, Level, Loaded, NewPlan, apply, listing, read_corrections, write_corrections,
};
use kepu_db::both;

use crate::harness::{DURING, PLAN, REWORDED, World};

fn new(text: &str, in_force: bool) -> NewPlan {
    let compiled = kepu_plan::compile_text(text).unwrap();
    NewPlan {
        level: Level::District,
        source: compiled.source.text,
        plan: compiled.plan,
        note: "测试".to_owned(),
        in_force,
        basis: None,
    }
}

fn loaded(world: &World, new: &NewPlan) -> Head {
    match world.load(new, DURING) {
        Loaded::New(head) => head,
        Loaded::Same(head) => panic!("nothing new in edition {}", head.number),
    }
}

both! {
    fn the_same_text_is_not_stored_twice(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        assert!(matches!(world.load(&new(PLAN, false), DURING), Loaded::Same(head) if head.number == 1));
    }
}

both! {
    fn a_changed_text_is_the_second_edition_and_the_first_stays_readable(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let first = world.db.read_blocking(document::find_in_force).unwrap().unwrap();
        let second = loaded(&world, &new(REWORDED, true));
        assert_eq!(second.number, 2);
        assert!(world.get("/plan").ok().text().contains("办好校园科技节"));
        let old = world.get(&format!("/editions/{first}")).ok().text();
        assert!(old.contains("办好学校科技节"));
        assert!(old.contains("现在不是生效的版本"));
    }
}

both! {
    fn a_measure_stays_itself_when_its_number_changes(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let id = |head: &str| {
            world.edition(head).items.iter().find(|item| item.title == "加强科技教师培训").cloned().unwrap()
        };
        let first = id(&world.current().head.id);
        let second = id(&loaded(&world, &new(REWORDED, true)).id);
        assert_eq!((first.code.as_str(), second.code.as_str()), ("3.1-2", "3.1-3"));
        assert_eq!(first.id, second.id);
    }
}

both! {
    fn a_plan_without_the_flag_waits(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let second = loaded(&world, &new(REWORDED, false));
        assert!(!second.in_force);
        assert!(world.get("/plan").ok().text().contains("办好学校科技节"));
        world.db.write_blocking(move |tx| document::put_in_force(tx, &second, DURING)).unwrap();
        assert!(world.get("/plan").ok().text().contains("办好校园科技节"));
    }
}

both! {
    fn names_become_units_and_unknown_ones_wait_to_be_checked(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let (_, register) = world.db.read_blocking(units::register).unwrap();
        assert_eq!(register.find("区财政").unwrap().code, "caizheng");
        let unknown = register.find("老科协").unwrap();
        assert!(!unknown.checked);
        assert_ne!(unknown.code, "kexie");
        assert!(world.get(&format!("/units/{}", unknown.code)).ok().text().contains("待核对"));
    }
}

both! {
    fn a_correction_by_worksheet_makes_a_new_edition(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let edition = world.current();
        let sheet = write_corrections(&edition.head.id, &listing(&edition.plan)).unwrap();
        let mut rows = read_corrections(&edition.head.id, &sheet).unwrap();
        assert!(read_corrections("another", &sheet).unwrap_err()[0].contains("另一版"));
        assert_eq!(rows, listing(&edition.plan), "the worksheet holds all that the listing says");
        let wrong = rows.units.iter().position(|row| row.code == "3.2" && row.role == "参与" && row.unit == "区科协").unwrap();
        rows.units.remove(wrong);
        let corrected = NewPlan {
            plan: apply(&edition.plan, &rows).unwrap(),
            basis: Some(edition.head.clone()),
            ..new(PLAN, true)
        };
        assert_eq!(loaded(&world, &corrected).number, 2);
        let page = world.get("/units/kexie").ok().text();
        assert!(!page.contains("又牵头又参与"), "the double part is gone");
        let editions = world.get("/plan/editions").ok().text();
        assert!(editions.contains("第2版") && editions.contains("3.2 去掉参与：区科协"), "{editions}");
    }
}
