//! The edition that a request is about, and the measure or unit that its address names.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

use super::acts;
use super::edition::{Edition, Item};
use crate::people::units::Unit;
use crate::shell::{App, Error};

/// The edition that a page or an answer shows: the one that the address names, or the one that holds.
pub struct Shown {
    /// The edition.
    pub edition: Arc<Edition>,
    names: HashMap<String, String>,
}

impl Shown {
    /// The measure that the address names.
    pub fn item(&self) -> Result<&Item, Error> {
        let code = self.names.get("code").map(String::as_str).unwrap_or_default();
        self.edition.item(code).ok_or(Error::NotFound("这一条举措"))
    }

    /// The unit that the address names.
    pub fn unit(&self) -> Result<&Unit, Error> {
        let code = self.names.get("unit").map(String::as_str).unwrap_or_default();
        self.edition.register.by_code(code).ok_or(Error::NotFound("这个单位"))
    }
}

impl FromRequestParts<App> for Shown {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Error> {
        let names = match Path::<HashMap<String, String>>::from_request_parts(parts, app).await {
            Ok(Path(names)) => names,
            Err(_) if parts.uri.path().contains('%') => return Err(Error::NotFound("这个网页")),
            Err(_) => HashMap::new(),
        };
        let edition = match names.get("edition") {
            Some(id) => acts::edition(app, id.clone())
                .await?
                .ok_or(Error::NotFound("这一版方案"))?,
            None => acts::in_force(app).await?.ok_or(Error::Empty {
                title: "还没有生效的方案",
                detail: "纲要办在服务器上运行 kepu plan load 文件 --in-force，载入正式文件并让它生效。",
            })?,
        };
        Ok(Self { edition, names })
    }
}
