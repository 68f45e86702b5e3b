//! What can go wrong, in two texts: a plain sentence for the person, the cause for the log.

use std::collections::hash_map::RandomState;
use std::fmt::{self, Display};
use std::hash::{BuildHasher, Hasher};

use askama::Template;
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::page::{Asked, Page};
use super::{App, Feature};

/// The result of a handler.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// There is nothing here; the words name what was looked for.
    NotFound(&'static str),
    /// The thing exists, but there is nothing in it yet; the detail says what to do first.
    Empty {
        /// What is missing.
        title: &'static str,
        /// What to do first.
        detail: &'static str,
    },
    /// The address exists, but not for this method.
    Method,
    /// The caller may not.
    Denied,
    /// The request cannot be understood; the sentence says what is wrong and what would be right.
    Invalid(String),
    /// The body is larger than the route reads.
    TooLarge,
    /// Too busy, or the database does not answer; trying again later helps.
    Unavailable,
    /// Our fault. The log has the cause under this reference.
    Fault(String),
}

impl Error {
    /// A fault: logs the cause under a fresh reference and keeps only the reference.
    pub fn fault(cause: impl Display) -> Self {
        let reference = format!("{:010x}", RandomState::new().build_hasher().finish() >> 24);
        tracing::error!(reference, error = %cause, "fault");
        Self::Fault(reference)
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound(_) | Self::Empty { .. } => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Denied => StatusCode::FORBIDDEN,
            Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn title(&self) -> String {
        match self {
            Self::NotFound(what) => format!("没有找到{what}"),
            Self::Empty { title, .. } => (*title).to_owned(),
            Self::Method => "这个地址不接受这样的请求".to_owned(),
            Self::Denied => "您现在不能看这一页".to_owned(),
            Self::Invalid(_) => "请求没有看懂".to_owned(),
            Self::TooLarge => "文件太大".to_owned(),
            Self::Unavailable => "现在忙，请稍后再试".to_owned(),
            Self::Fault(_) => "系统出错了".to_owned(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotFound(_) => "可能是地址输错了，也可能它已经改了名字。请核对地址，或者从首页重新进入。".to_owned(),
            Self::Empty { detail, .. } => (*detail).to_owned(),
            Self::Method => "请从页面上的链接或按钮进入。".to_owned(),
            Self::Denied => "这一页只给有相应权限的人看。".to_owned(),
            Self::Invalid(detail) => detail.clone(),
            Self::TooLarge => "请换一个小一点的文件，或者只粘贴正文。".to_owned(),
            Self::Unavailable => "等一分钟再刷新。".to_owned(),
            Self::Fault(_) => "不是您的操作有误。已经记下，您可以稍后再试。".to_owned(),
        }
    }

    pub(super) fn answered(self, app: &App, features: &[&Feature], asked: &Asked) -> Response {
        let status = self.status();
        if asked.path.starts_with("/api/") {
            return self.problem();
        }
        let title = self.title();
        let body = ErrorPage {
            title: &title,
            detail: self.detail(),
            reference: match &self {
                Self::Fault(reference) => Some(reference),
                _ => None,
            },
            phone: &app.config.phone,
        };
        match Page::new(title.as_str(), &body) {
            Ok(page) => page.framed_as(status, app, features, asked),
            Err(_) => status.into_response(),
        }
    }

    fn problem(self) -> Response {
        let status = self.status();
        let problem = Problem {
            kind: "about:blank",
            title: self.title(),
            status: status.as_u16(),
            detail: self.detail(),
            reference: match self {
                Self::Fault(reference) => Some(reference),
                _ => None,
            },
        };
        let mut reply = (status, Json(problem)).into_response();
        reply.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        reply
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}：{}", self.title(), self.detail())
    }
}

impl std::error::Error for Error {}

impl IntoResponse for Error {
    /// Carries the error to the shell's frame, which knows whether a page or data was asked for.
    fn into_response(self) -> Response {
        let mut reply = self.status().into_response();
        reply.extensions_mut().insert(self);
        reply
    }
}

/// An error of the API, as RFC 9457 words it.
#[derive(Debug, Serialize)]
pub struct Problem {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// What happened.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// What to quote when asking for help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

#[derive(Template)]
#[template(path = "shell/error.html")]
struct ErrorPage<'a> {
    title: &'a str,
    detail: String,
    reference: Option<&'a String>,
    phone: &'a str,
}

impl From<kepu_db::Error> for Error {
    fn from(error: kepu_db::Error) -> Self {
        match error {
            kepu_db::Error::Busy { .. }
            | kepu_db::Error::Conflict { .. }
            | kepu_db::Error::Closed
            | kepu_db::Error::Commit(_) => {
                tracing::error!(%error, "the database cannot answer");
                Self::Unavailable
            }
            error => Self::fault(error),
        }
    }
}
