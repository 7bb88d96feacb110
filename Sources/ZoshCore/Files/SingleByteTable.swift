internal import ZoshKit

/// Encodings of one byte a character: the bytes from 128 on, which are not ASCII.
enum SingleByteTable {
    /// The UTF-8 bytes of each byte from 128 on; empty for bytes that mean nothing. Nil for other kinds of encodings.
    static func table(of encoding: TextEncoding) -> [[UInt8]]? {
        switch encoding {
        case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        case .windows1252: windows1252
        case .windows1250: windows1250
        case .windows1251: windows1251
        case .latin1: latin1
        case .latin9: latin9
        case .macRoman: macRoman
        }
    }

    /// - Parameter text: 128 characters; U+FFFD stands for a byte that means nothing.
    private static func table(_ text: String) -> [[UInt8]] {
        text.unicodeScalars.map { $0 == "\u{FFFD}" ? [] : Array(String($0).utf8) }
    }

    private static let latin1 = (UInt32(0x80)...0xFF).map { code in
        // The controls from 128 to 159 are never meant: such a file is Windows-1252.
        code < 0xA0 ? [] : Unicode.Scalar(code).map { Array(String($0).utf8) } ?? []
    }

    private static let windows1252 = table(
        "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ"
            + "\u{A0}¡¢£¤¥¦§¨©ª«¬\u{AD}®¯°±²³´µ¶·¸¹º»¼½¾¿"
            + "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞß"
            + "àáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ")

    private static let windows1250 = table(
        "€\u{FFFD}‚\u{FFFD}„…†‡\u{FFFD}‰Š‹ŚŤŽŹ\u{FFFD}‘’“”•–—\u{FFFD}™š›śťžź"
            + "\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż"
            + "ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢß"
            + "ŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙")

    private static let windows1251 = table(
        "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{FFFD}™љ›њќћџ"
            + "\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї"
            + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"
            + "абвгдежзийклмнопрстуфхцчшщъыьэюя")

    /// Like Latin-1, but with the euro sign and letters of French and Finnish.
    private static let latin9: [[UInt8]] = {
        var table = latin1
        let others: [(Int, String)] = [
            (0xA4, "€"), (0xA6, "Š"), (0xA8, "š"), (0xB4, "Ž"), (0xB8, "ž"), (0xBC, "Œ"), (0xBD, "œ"), (0xBE, "Ÿ"),
        ]
        for (byte, character) in others { table[byte - 0x80] = Array(character.utf8) }
        return table
    }()

    private static let macRoman = table(
        "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
            + "†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
            + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ"
            + "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ")
}
