//! Short codes that people read out and type in: a check character catches every single slip and every swap of
//! neighbours (ISO/IEC 7064, MOD 37,36).

/// The characters of a code and their values.
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

fn value(c: char) -> Option<u32> {
    c.to_ascii_uppercase().to_digit(36)
}

fn sum(code: &str) -> Option<u32> {
    code.chars()
        .filter(|c| !matches!(c, '-' | ' '))
        .try_fold(36, |product, c| {
            let sum = (product + value(c)?) % 36;
            Some(if sum == 0 { 36 } else { sum } * 2 % 37)
        })
}

/// The check character of a code of ASCII letters and digits; hyphens and spaces do not count. `None` for other
/// characters.
pub fn check_character(code: &str) -> Option<char> {
    let product = sum(code)?;
    Some(char::from(ALPHABET[((37 - product) % 36) as usize]))
}

/// The code with its check character at the end.
pub fn with_check_character(code: &str) -> Option<String> {
    check_character(code).map(|check| format!("{code}{check}"))
}

/// Whether the last character of a code is its check character.
pub fn is_valid(code: &str) -> bool {
    let Some((at, last)) = code.char_indices().next_back() else {
        return false;
    };
    at > 0 && check_character(&code[..at]) == Some(last.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_standards_example_holds() {
        // ISO/IEC 7064:2003, MOD 37,36: A12425GABC1234002 has the check character M (as in GRid numbers).
        assert_eq!(check_character("A12425GABC1234002"), Some('M'));
        assert!(is_valid("a1-2425GABC1234002-M"));
        assert!(!is_valid(""));
        assert_eq!(check_character("通"), None);
    }

    proptest! {
        #[test]
        fn a_wrong_character_is_caught(code in "[0-9A-Z]{2,12}", at in 0_usize..12, wrong in "[0-9A-Z]") {
            let full = with_check_character(&code).unwrap();
            prop_assert!(is_valid(&full));
            let at = at % full.len();
            let mut damaged = full.clone();
            damaged.replace_range(at..=at, &wrong);
            prop_assert_eq!(is_valid(&damaged), damaged == full);
        }
    }
}
