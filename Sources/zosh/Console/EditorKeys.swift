import LineEditor
import ZoshCore

/// The editor's keys as `bind` sees them.
struct EditorKeys: KeyBinding {
    let functions = KeyBindings.functions.map { (name: $0.name, meaning: $0.meaning) }
    var standard: [(key: String, function: String)] { KeyBindings.standard.map { ($0.key, $0.function) } }

    func mistake(inKey key: String) -> String? { KeyBindings.mistake(inKey: key) }
}
