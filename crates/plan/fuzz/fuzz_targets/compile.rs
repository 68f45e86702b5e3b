//! Any bytes: no panic, no hang, every diagnostic on a line of the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(compiled) = kepu_plan::compile(bytes) {
        let _ = kepu_plan::report::render(&compiled, "fuzz", false);
        for diagnostic in &compiled.plan.diagnostics {
            assert!(diagnostic.line <= compiled.source.lines());
            assert!(diagnostic.span.end <= compiled.source.text.len());
        }
    }
});
