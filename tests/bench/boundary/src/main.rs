//! Writes the glue of wasm-bindgen for Node around the module at the first path, into the folder at the second.

#[cfg(not(target_family = "wasm"))]
fn main() {
    let mut paths = std::env::args().skip(1);
    let (Some(module), Some(folder)) = (paths.next(), paths.next()) else { panic!("usage: MODULE FOLDER") };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(module).out_name("boundary").typescript(false);
    bindgen.nodejs(true).and_then(|bindgen| bindgen.generate(folder)).expect("wasm-bindgen writes the glue");
}

#[cfg(target_family = "wasm")]
fn main() {}
