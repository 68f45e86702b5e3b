//! Days as people read them: 5月31日 (周二), with the year where it is not this one.

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

/// A stored day (`YYYY-MM-DD`) in words; text that is no day comes back unchanged.
pub fn day(stored: &str, this_year: i16) -> String {
    match stored.parse::<Date>() {
        Ok(date) => words(date, this_year),
        Err(_) => stored.to_owned(),
    }
}

/// The day of a stored time (microseconds UTC) in the district's zone, in words.
pub fn day_of_micros(micros: i64, zone: &TimeZone, this_year: i16) -> String {
    match Timestamp::from_microsecond(micros) {
        Ok(time) => words(zone.to_datetime(time).date(), this_year),
        Err(_) => String::new(),
    }
}

/// The year of a time (microseconds UTC) in the district's zone.
pub fn year_of_micros(micros: i64, zone: &TimeZone) -> i16 {
    Timestamp::from_microsecond(micros).map_or(1970, |time| zone.to_datetime(time).year())
}

fn words(date: Date, this_year: i16) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => "一",
        Weekday::Tuesday => "二",
        Weekday::Wednesday => "三",
        Weekday::Thursday => "四",
        Weekday::Friday => "五",
        Weekday::Saturday => "六",
        Weekday::Sunday => "日",
    };
    let (month, day) = (date.month(), date.day());
    if date.year() == this_year {
        format!("{month}月{day}日 (周{weekday})")
    } else {
        format!("{}年{month}月{day}日 (周{weekday})", date.year())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_stands_only_where_it_is_not_this_one() {
        assert_eq!(day("2022-05-31", 2022), "5月31日 (周二)");
        assert_eq!(day("2022-05-31", 2026), "2022年5月31日 (周二)");
        assert_eq!(day("2022年", 2026), "2022年");
    }
}
