//! Every route, every caller; headers on every answer.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use kepu_app::features::FEATURES;
use kepu_app::installation::MIGRATIONS;
use kepu_app::shell::{Caller, Permission, Route, may, own_routes};
use kepu_db::both;

use crate::harness::{DURING, World};

fn routes() -> Vec<Route> {
    FEATURES
        .iter()
        .flat_map(|feature| (feature.routes)())
        .chain(own_routes())
        .collect()
}

/// An address of a route that leads somewhere in the plan of the tests.
fn address(path: &str, edition: &str) -> String {
    let code = if path.contains("regions") {
        "990112001000"
    } else {
        "3.1-1"
    };
    path.replace("{edition}", edition)
        .replace("{unit}", "kexie")
        .replace("{code}", code)
}

#[test]
fn the_table_of_routes_and_permissions() {
    let mut table: Vec<String> = routes()
        .iter()
        .map(|route| {
            let visitor = if may(Caller::Visitor, route.permission) {
                "visitor"
            } else {
                "-"
            };
            format!(
                "{:4} {:45} {:12} {visitor}",
                route.method,
                route.path,
                format!("{:?}", route.permission)
            )
        })
        .collect();
    table.sort();
    insta::assert_snapshot!(table.join("\n"));
}

both! {
    fn every_page_renders_and_carries_the_headers(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let plans = world.get("/api/v1/plans").ok().json();
        let edition = plans[0]["editions"][0]["id"].as_str().unwrap().to_owned();
        for route in routes().iter().filter(|route| route.method == Method::GET && !route.path.contains("{name}")) {
            let reply = world.get(&address(route.path, &edition));
            let fine = matches!(reply.status, StatusCode::OK | StatusCode::SEE_OTHER)
                || (route.path == "/view" && reply.status == StatusCode::BAD_REQUEST);
            assert!(fine, "{} answers {}", route.path, reply.status);
            headers(&reply, route.path);
            if reply.header("content-type").starts_with("text/html") {
                let text = reply.text();
                assert!(!text.contains("style=") && !text.contains("<script"), "inline code in {}", route.path);
                assert_eq!(text.matches("<h1").count(), 1, "one h1 in {}", route.path);
            }
        }
    }
}

both! {
    fn errors_carry_the_headers_too(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        for path in ["/nope", "/api/v1/nope", "/plan/measures/9.9-9", "/editions/none", "/plan/matrix?role=boss", "/units/none"] {
            let reply = world.get(path);
            assert!(reply.status.is_client_error(), "{path}");
            headers(&reply, path);
        }
        let wrong = world.send(Request::delete("/plan").body(Body::empty()).unwrap());
        assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
        headers(&wrong, "DELETE /plan");
        let large = Request::post("/plan/check").header("content-type", "multipart/form-data; boundary=x");
        let body = format!("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{}\r\n--x--\r\n", "长".repeat(4_000_000));
        let large = world.send(large.body(Body::from(body)).unwrap());
        assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(large.text().contains("文件太大"));
    }
}

#[track_caller]
fn headers(reply: &crate::harness::Reply, path: &str) {
    let policy = reply.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{path}"
    );
    assert!(policy.contains("frame-ancestors 'none'"), "{path}");
    assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(reply.header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{path}");
    assert!(!reply.header("permissions-policy").is_empty(), "{path}");
}

both! {
    fn static_files_are_kept_for_ever(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let page = world.get("/").ok().text();
        let style = page.split('"').find(|part| part.starts_with("/assets/kepu-")).unwrap();
        let reply = world.get(style).ok();
        assert!(reply.header("cache-control").contains("immutable"));
        assert_eq!(reply.header("content-type"), "text/css; charset=utf-8");
    }
}

#[test]
fn every_permission_is_used() {
    let used: Vec<Permission> = routes().iter().map(|route| route.permission).collect();
    for permission in Permission::ALL {
        assert!(used.contains(permission), "{permission:?} is named by no route");
    }
}
