//! What a region is, and how the data file says it.

use std::fmt;
use std::str::FromStr;

/// A region with its 12-digit statistical code.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// 12 digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it is called: 街道, 镇, 乡, 社区, 村. A township's kind cannot be read off its code.
    pub kind: String,
    /// Where it stands in the tree.
    pub level: Level,
    /// The region that it is part of.
    pub parent: Option<String>,
    /// Longitude of its seat, WGS-84, where a source gives it.
    pub lon: Option<f64>,
    /// Latitude of its seat.
    pub lat: Option<f64>,
    /// Census of 2010, in the boundaries of then.
    pub pop_2010: Option<i64>,
    /// Census of 2020.
    pub pop_2020: Option<i64>,
    /// How far to trust the figure of 2020.
    pub pop_2020_confidence: Option<String>,
    /// Where the row comes from.
    pub source: String,
}

/// The levels of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 省、直辖市.
    Province,
    /// 地级市.
    City,
    /// 区、县.
    District,
    /// 街道、镇、乡.
    Township,
    /// 社区、村.
    Community,
}

impl Level {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::City => "city",
            Self::District => "district",
            Self::Township => "township",
            Self::Community => "community",
        }
    }
}

impl FromStr for Level {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "province" => Ok(Self::Province),
            "city" => Ok(Self::City),
            "district" => Ok(Self::District),
            "township" => Ok(Self::Township),
            "community" => Ok(Self::Community),
            other => Err(format!("“{other}”不是区划层级")),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Reads the data file. The first bad row refuses the whole, named by its line.
pub fn read_csv(bytes: &[u8]) -> Result<Vec<Region>, String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|one| one == name)
            .ok_or_else(|| format!("缺少列 {name}"))
    };
    let [
        code,
        name,
        kind,
        level,
        parent,
        lon,
        lat,
        pop_2010,
        pop_2020,
        confidence,
        source,
    ] = [
        "code",
        "name",
        "kind",
        "level",
        "parent",
        "lon",
        "lat",
        "pop_2010",
        "pop_2020",
        "pop_2020_confidence",
        "source",
    ]
    .map(column);
    let (code, name, kind, level, parent, lon, lat) = (code?, name?, kind?, level?, parent?, lon?, lat?);
    let (pop_2010, pop_2020, confidence, source) = (pop_2010?, pop_2020?, confidence?, source?);
    let mut regions = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        let line = record.position().map_or(0, csv::Position::line);
        let text = |index: usize| record.get(index).unwrap_or_default().trim();
        let optional = |index: usize| Some(text(index)).filter(|text| !text.is_empty());
        let whole = |index: usize| parse::<i64>(optional(index), line);
        let real = |index: usize| parse::<f64>(optional(index), line);
        if text(code).len() != 12 || !text(code).bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(format!("第{line}行：代码“{}”不是12位数字", text(code)));
        }
        regions.push(Region {
            code: text(code).to_owned(),
            name: text(name).to_owned(),
            kind: text(kind).to_owned(),
            level: text(level).parse().map_err(|error| format!("第{line}行：{error}"))?,
            parent: optional(parent).map(str::to_owned),
            lon: real(lon)?,
            lat: real(lat)?,
            pop_2010: whole(pop_2010)?,
            pop_2020: whole(pop_2020)?,
            pop_2020_confidence: optional(confidence).map(str::to_owned),
            source: text(source).to_owned(),
        });
    }
    // A parent comes before its children, so that rows can be stored in this order.
    regions.sort_by_key(|region| region.level);
    Ok(regions)
}

fn parse<T: FromStr>(text: Option<&str>, line: u64) -> Result<Option<T>, String> {
    text.map(|text| text.parse().map_err(|_| format!("第{line}行：“{text}”不是数字")))
        .transpose()
}
