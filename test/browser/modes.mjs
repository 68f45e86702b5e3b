// The modes in which every page is opened. All sixteen combinations with every check would take ten
// minutes; these eight meet every pair that has gone wrong on pages before: width with elder view, dark
// with contrast, no JavaScript with both widths.

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1440, height: 900 };
// Colours are all that differs between light and dark, so the second pass asks only for contrast.
const CONTRAST = ["color-contrast"];

export const MODES = [
  { name: "phone", ...PHONE, scheme: "light", elder: false, javascript: true, axe: "all", targets: 24 },
  { name: "desktop", ...DESKTOP, scheme: "light", elder: false, javascript: true, axe: "all", targets: 24 },
  { name: "phone-dark", ...PHONE, scheme: "dark", elder: false, javascript: true, axe: CONTRAST, targets: 0 },
  { name: "desktop-dark", ...DESKTOP, scheme: "dark", elder: false, javascript: true, axe: CONTRAST, targets: 0 },
  { name: "phone-elder", ...PHONE, scheme: "light", elder: true, javascript: true, axe: "all", targets: 44 },
  { name: "desktop-elder-dark", ...DESKTOP, scheme: "dark", elder: true, javascript: true, axe: CONTRAST, targets: 44 },
  { name: "phone-noscript", ...PHONE, scheme: "light", elder: false, javascript: false, axe: null, targets: 24 },
  { name: "phone-elder-noscript", ...PHONE, scheme: "dark", elder: true, javascript: false, axe: null, targets: 44 },
];
