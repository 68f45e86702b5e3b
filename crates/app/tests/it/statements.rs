//! Every statement is prepared on both engines.

use kepu_app::features::FEATURES;
use kepu_app::installation::MIGRATIONS;
use kepu_db::both;

both! {
    fn every_statement_is_prepared(db, MIGRATIONS) {
        let mut prepared = 0;
        for statement in FEATURES.iter().flat_map(|feature| feature.statements) {
            if let Err(error) = db.prepare(statement) {
                panic!("{error}");
            }
            prepared += 1;
        }
        assert!(prepared > 30, "only {prepared} statements are listed");
    }
}

#[test]
fn names_are_distinct_within_a_feature() {
    for feature in FEATURES {
        let names: Vec<&str> = feature.statements.iter().map(|statement| statement.name).collect();
        let mut distinct = names.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(names.len(), distinct.len(), "{}", feature.name);
    }
}
