//! A filled application in memory, and a visitor who asks it.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use kepu_app::installation::{self, Demonstration, MIGRATIONS};
use kepu_app::shell::App;
use kepu_app::features;
use kepu_db::Db;
use kepu_kit::{Clock, Ids};
use tower::ServiceExt;

/// 2025-03-03 10:00 in Beijing: the plan runs.
pub const DURING: i64 = 1_740_967_200_000_000;
/// 2026-03-03 10:00 in Beijing: the plan is over.
pub const AFTER: i64 = 1_772_503_200_000_000;

/// A plan written for the tests.
pub const PLAN: &str = include_str!("plan.txt");
/// The same plan after a second reading by the office: one title reworded, one measure put in before the others.
pub const REWORDED: &str = include_str!("reworded.txt");
/// A plan of the city.
pub const CITY: &str = include_str!("city.txt");

const REGIONS: &[u8] = include_bytes!("regions.csv");
const UNITS: &[u8] = include_bytes!("units.csv");

/// An application with its database.
pub struct World {
    /// The database.
    pub db: Db,
    /// Fresh ids, the same in every run.
    pub ids: Ids,
    router: axum::Router,
}

impl World {
    /// Filled with the plan of the tests.
    pub fn filled(db: Db, now: i64) -> Self {
        let ids = Ids::new(1);
        let with = Demonstration {
            regions: REGIONS,
            units: UNITS,
            plan: PLAN.as_bytes(),
        };
        installation::demonstrate(&db, &ids, now, &with).unwrap();
        Self::on(db, ids, now)
    }

    /// With its regions and nothing else.
    pub fn empty(db: Db, now: i64) -> Self {
        Self::on(db, Ids::new(1), now)
    }

    fn on(db: Db, ids: Ids, now: i64) -> Self {
        let app: App = installation::app(db.clone(), Clock::fixed(now), None).unwrap();
        Self {
            router: features::router(app),
            db,
            ids,
        }
    }

    /// A visitor's GET.
    pub fn get(&self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap())
    }

    /// Any request.
    pub fn send(&self, request: Request<Body>) -> Reply {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let reply = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = reply.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            Reply {
                status: parts.status,
                headers: parts.headers,
                bytes: bytes.to_vec(),
            }
        })
    }
}

/// An answer.
pub struct Reply {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Reply {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    /// The body of a page between the main tags.
    pub fn main(&self) -> String {
        let text = self.text();
        let start = text.find("<main").unwrap();
        let end = text.find("</main>").unwrap();
        text[start..end].to_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Checks the status and goes on.
    #[track_caller]
    pub fn ok(self) -> Self {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        self
    }
}

/// A fresh database in memory.
pub fn fresh() -> Db {
    Db::open_stand_in(":memory:", MIGRATIONS).unwrap()
}
