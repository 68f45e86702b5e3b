//! Pages say what they must say.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use kepu_app::installation::MIGRATIONS;
use kepu_db::both;

use crate::harness::{DURING, World};

both! {
    fn the_first_page_has_the_target_as_a_figure(db, MIGRATIONS) {
        let page = World::filled(db, DURING).get("/").ok().main();
        insta::assert_snapshot!(page);
    }
}

both! {
    fn an_empty_installation_says_what_to_do_first(db, MIGRATIONS) {
        let world = World::at(db, DURING);
        assert!(world.get("/").ok().text().contains("kepu plan load"));
        assert!(world.get("/plans").ok().text().contains("kepu plan load"));
        assert!(world.get("/units").ok().text().contains("还没有名录"));
        assert!(world.get("/regions").ok().text().contains("还没有区划"));
        let plan = world.get("/plan");
        assert_eq!(plan.status, StatusCode::NOT_FOUND);
        assert!(plan.text().contains("kepu plan load"));
    }
}

both! {
    fn the_matrix_shows_roles_in_words_too(db, MIGRATIONS) {
        let page = World::filled(db, DURING).get("/plan/matrix").ok().main();
        insta::assert_snapshot!(page);
    }
}

both! {
    fn the_matrix_is_filtered_by_its_address(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let leads = world.get("/plan/matrix?role=lead").ok().main();
        assert!(leads.contains("区教委") && !leads.contains(">区财政局<"));
        let members = world.get("/plan/matrix?members=yes").ok().main();
        assert!(members.contains("西镇") && members.contains("随集体参与") && !members.contains(">各街道乡镇<"));
        assert_eq!(world.get("/plan/matrix?role=boss").status, StatusCode::BAD_REQUEST);
        assert_eq!(world.get("/plan/matrix?programme=9.9").status, StatusCode::BAD_REQUEST);
        assert!(world.get("/plan/matrix?kind=%E7%BE%A4%E5%9B%A2&role=guide").ok().text().contains("没有符合条件的单位"));
    }
}

both! {
    fn a_member_owes_what_its_collective_owes(db, MIGRATIONS) {
        let page = World::filled(db, DURING).get("/units/xi").ok().main();
        assert!(page.contains("随“<a href=\"/units/all\">各街道乡镇</a>”承担"), "{page}");
        assert!(page.contains("3.2-1"));
    }
}

both! {
    fn a_unit_is_found_by_any_of_its_names(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let found = world.get("/units?q=%E5%8C%BA%E8%B4%A2%E6%94%BF");
        assert_eq!((found.status, found.header("location")), (StatusCode::SEE_OTHER, "/units/caizheng"));
        assert!(world.get("/units?q=%E7%A7%91%E5%8D%8F").ok().text().contains("老科协"));
        assert!(world.get("/units?q=zzz").ok().text().contains("没有叫"));
    }
}

both! {
    fn two_characters_are_found_and_marked(db, MIGRATIONS) {
        let page = World::filled(db, DURING).get("/plan/search?q=%E5%81%A5%E5%BA%B7").ok().main();
        assert!(page.contains("<mark>健康</mark>"), "{page}");
        assert!(page.contains("/plan/measures/3.2-1"));
    }
}

both! {
    fn a_sentence_is_found_in_the_source(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let measure = world.get("/plan/measures/3.1-2").ok().main();
        assert!(measure.contains("/plan/source#L15"), "{measure}");
        assert!(world.get("/plan/source").ok().text().contains("<li id=\"L15\">"));
    }
}

both! {
    fn markup_in_a_query_stays_text(db, MIGRATIONS) {
        let page = World::filled(db, DURING).get("/plan/search?q=%3Cscript%3E").ok().text();
        assert!(!page.contains("<script>"));
    }
}

both! {
    fn the_elder_view_is_a_cookie_set_by_a_link(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let set = world.get("/view?mode=elder&back=/plan");
        assert_eq!((set.status, set.header("location")), (StatusCode::SEE_OTHER, "/plan"));
        let cookie = set.header("set-cookie").split(';').next().unwrap().to_owned();
        let page = world.send(Request::get("/plan").header("cookie", cookie).body(Body::empty()).unwrap()).text();
        assert!(page.contains("data-view=\"elder\"") && page.contains("tel:12345") && page.contains("回到标准版"));
        let away = world.get("/view?mode=elder&back=//evil.example");
        assert_eq!(away.header("location"), "/");
    }
}

both! {
    fn a_document_is_read_and_nothing_is_stored(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let form = |text: &str| {
            let body = format!("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n{text}\r\n--x--\r\n");
            let request = Request::post("/plan/check").header("content-type", "multipart/form-data; boundary=x");
            world.send(request.body(Body::from(body)).unwrap())
        };
        let page = form(crate::harness::CITY).ok().text();
        assert!(page.contains("市教委") && page.contains("读懂了什么"), "{page}");
        assert!(form("  ").ok().text().contains("请选一个文件"));
        assert!(form("今天天气很好").ok().text().contains("没有读成"));
        assert_eq!(world.get("/api/v1/plans").ok().json().as_array().unwrap().len(), 1);
    }
}

both! {
    fn the_matrix_is_a_workbook_too(db, MIGRATIONS) {
        let world = World::filled(db, DURING);
        let sheet = world.get("/plan/matrix.xlsx").ok();
        assert_eq!(&sheet.bytes[..2], b"PK");
        let csv = world.get("/plan/matrix.csv?role=lead").ok().text();
        assert!(csv.starts_with('\u{feff}') && csv.contains("区教委,政府部门,牵头"), "{csv}");
    }
}
