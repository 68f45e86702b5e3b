//! 统计用区划代码: twelve digits, two each for province, city and district, three each for township and community
//! (National Bureau of Statistics; the first six are those of GB/T 2260).

use std::fmt;

/// A twelve-digit region code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RegionCode(u64);

/// How deep a region stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// 省、自治区、直辖市.
    Province,
    /// 市.
    City,
    /// 区、县.
    District,
    /// 街道、镇、乡.
    Township,
    /// 社区、村.
    Community,
}

impl RegionCode {
    /// Reads a code; short codes (2, 4, 6 or 9 digits) are filled with zeros. `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let known = matches!(text.len(), 2 | 4 | 6 | 9 | 12) && text.bytes().all(|byte| byte.is_ascii_digit());
        if !known {
            return None;
        }
        let code = format!("{text:0<12}").parse().ok()?;
        (code >= 10_000_000_000).then_some(Self(code))
    }

    /// The level, judged by the zeros at the end. A township's kind cannot be read off its code.
    pub fn level(self) -> Level {
        match self.0 {
            code if code % 1000 != 0 => Level::Community,
            code if code % 1_000_000 != 0 => Level::Township,
            code if code % 100_000_000 != 0 => Level::District,
            code if code % 10_000_000_000 != 0 => Level::City,
            _ => Level::Province,
        }
    }

    /// The region around it; `None` for a province. Districts of a municipality stand under the province where no
    /// city code is in use, so callers that have a tree ask the tree.
    pub fn parent(self) -> Option<Self> {
        let unit = match self.level() {
            Level::Community => 1000,
            Level::Township => 1_000_000,
            Level::District => 100_000_000,
            Level::City => 10_000_000_000,
            Level::Province => return None,
        };
        Some(Self(self.0 / unit * unit))
    }

    /// Whether `other` is this region or lies in it.
    pub fn contains(self, other: Self) -> bool {
        let unit = match self.level() {
            Level::Community => 1,
            Level::Township => 1000,
            Level::District => 1_000_000,
            Level::City => 100_000_000,
            Level::Province => 10_000_000_000,
        };
        other.0 / unit == self.0 / unit
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_in_the_code() {
        let code = |text| RegionCode::parse(text).unwrap();
        let (district, township, community) = (code("110112"), code("110112104"), code("110112104201"));
        assert_eq!(district.to_string(), "110112000000");
        assert_eq!(community.parent(), Some(township));
        assert_eq!(township.parent(), Some(district));
        assert_eq!(township.level(), Level::Township);
        assert!(district.contains(community) && !township.contains(district));
        assert_eq!(RegionCode::parse("1101"), Some(code("110100000000")));
        for wrong in ["", "11011", "00", "11011210420x", "1101121042011"] {
            assert_eq!(RegionCode::parse(wrong), None, "{wrong}");
        }
    }
}
