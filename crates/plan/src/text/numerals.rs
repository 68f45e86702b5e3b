//! Chinese numerals as outlines and figures use them.

/// Value of a Chinese numeral below ten thousand, such as 二十一 or 一百〇三. `None` for anything else.
pub(crate) fn value(chars: &[char]) -> Option<usize> {
    if chars.is_empty() || chars.len() > 7 {
        return None;
    }
    let (mut total, mut digit) = (0, None);
    for c in chars {
        if let Some(value) = self::digit(*c) {
            digit = Some(value);
            continue;
        }
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1000,
            _ => return None,
        };
        total += digit.take().unwrap_or(1) * unit;
    }
    Some(total + digit.unwrap_or(0))
}

fn digit(c: char) -> Option<usize> {
    "零一二三四五六七八九".chars().position(|d| d == c).or(match c {
        '〇' => Some(0),
        '两' => Some(2),
        _ => None,
    })
}

/// Whether a character belongs to a Chinese numeral of an outline.
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(c, '零' | '〇' | '十' | '百') || digit(c).is_some()
}

/// The Chinese numeral of a number below a thousand, as outlines write it: 十一, not 一十一.
pub(crate) fn chinese(number: usize) -> String {
    let digits: Vec<char> = "零一二三四五六七八九".chars().collect();
    let (hundreds, tens, ones) = (number / 100 % 10, number / 10 % 10, number % 10);
    let mut out = String::new();
    if hundreds > 0 {
        out.push(digits[hundreds]);
        out.push('百');
        if tens == 0 && ones > 0 {
            out.push('零');
        }
    }
    if tens > 0 {
        if tens > 1 || hundreds > 0 {
            out.push(digits[tens]);
        }
        out.push('十');
    }
    if ones > 0 || number == 0 {
        out.push(digits[ones]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_go_both_ways() {
        for number in 1..1000 {
            let chars: Vec<char> = chinese(number).chars().collect();
            assert_eq!(value(&chars), Some(number), "{}", chinese(number));
        }
        assert_eq!(chinese(11), "十一");
        assert_eq!(value(&['甲']), None);
    }
}
