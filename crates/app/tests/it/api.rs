//! The same as data.

use crate::harness::{DURING, World};
use kepu_app::installation::MIGRATIONS;
use kepu_db::both;

both! {
    fn a_measure_as_data(db, MIGRATIONS) {
        let measure = World::filled(db, DURING).get("/api/v1/plan/measures/3.1-1").ok().json();
        insta::assert_json_snapshot!(measure);
    }
}

both! {
    fn a_unit_as_data(db, MIGRATIONS) {
        let unit = World::filled(db, DURING).get("/api/v1/units/kexie").ok().json();
        insta::assert_json_snapshot!(unit);
    }
}

both! {
    fn errors_are_problems(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let missing = world.get("/api/v1/plan/measures/9.9-9");
        assert_eq!(missing.status, 404);
        assert_eq!(missing.header("content-type"), "application/problem+json");
        assert_eq!(missing.json()["status"], 404);
        let unread = world.get("/api/v1/plan/matrix?role=boss");
        assert_eq!(unread.status, 400);
        assert!(unread.json()["detail"].as_str().unwrap().contains("boss"));
    }
}

both! {
    fn unchanged_data_is_not_sent_again(db, MIGRATIONS) {
        use axum::body::Body;
        use axum::http::Request;
        let world = World::filled(db, DURING);
        let tag = world.get("/api/v1/plan").ok().header("etag").to_owned();
        let again = world.send(Request::get("/api/v1/plan").header("if-none-match", tag).body(Body::empty()).unwrap());
        assert_eq!((again.status.as_u16(), again.bytes.len()), (304, 0));
    }
}
