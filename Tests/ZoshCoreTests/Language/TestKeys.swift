@testable import ZoshCore

/// Two functions and two keys, for `bind`.
struct TestKeys: KeyBinding {
    let functions = [(name: "zosh-up", meaning: "Older"), (name: "zosh-down", meaning: "Newer")]
    let standard = [(key: "^P", function: "zosh-up"), (key: "^N", function: "zosh-down")]

    func mistake(inKey key: String) -> String? { key == "^M" ? "^M stays as it is" : nil }
}
