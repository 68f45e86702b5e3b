//! Every statement is prepared on both engines.

#[test]
fn every_feature_lists_its_statements() {
    for feature in kepu_app::features::FEATURES {
        let names: Vec<&str> = feature.statements.iter().map(|statement| statement.name).collect();
        let mut distinct = names.clone();
        distinct.sort_unstable();
        distinct.dedup();
        assert_eq!(names.len(), distinct.len(), "{}", feature.name);
    }
}
