/// Where a generated person comes from: names in that script, and a place with its time zone.
///
/// Each name is paired with an ASCII form, since e-mail addresses are plain ASCII while names are
/// whatever people are called. Some names are chosen to be awkward: decomposed accents, joiners,
/// right-to-left text and terminal control sequences all reach clients from real organisations.
struct Culture: Sendable {
    typealias Name = (text: String, ascii: String)

    let first: [Name]
    let last: [Name]
    let zone: Zone
    let country: String
    let state: String
    let city: String
    let locale: String

    static let losAngeles = Zone(name: "America/Los_Angeles", standard: -28800, summer: .american)
    static let kolkata = Zone(name: "Asia/Kolkata", standard: 19800, summer: .none)

    static let all: [Culture] = [
        Culture(
            first: [
                ("Patricia", "patricia"), ("John", "john"), ("Jane", "jane"), ("Oliver", "oliver"), ("Renée", "renee"),
            ],
            last: [("Boyle", "boyle"), ("Smith", "smith"), ("O'Neill", "oneill"), ("Mclane", "mclane")],
            zone: losAngeles, country: "US", state: "California", city: "Los Angeles", locale: "en_US"),
        Culture(
            first: [("राजेश", "rajesh"), ("अंजलि", "anjali"), ("श्रीनिवास", "srinivas"), ("क्षमा", "kshama")],
            last: [("शर्मा", "sharma"), ("कृष्णन्", "krishnan"), ("ज्ञानेश्वर", "gyaneshwar")],
            zone: kolkata, country: "India", state: "Tamil Nadu", city: "Chennai", locale: "en_IN"),
        Culture(
            first: [
                ("Jose\u{301}", "jose"), ("Zoe\u{308}", "zoe"), ("Bjo\u{308}rn", "bjoern"),
                ("S\u{323}o\u{323}la\u{301}", "sola"),
            ],
            last: [("Mu\u{308}ller", "mueller"), ("Garci\u{301}a", "garcia"), ("Nguye\u{302}\u{303}n", "nguyen")],
            zone: Zone(name: "Europe/Berlin", standard: 3600, summer: .european),
            country: "Germany", state: "Berlin", city: "Berlin", locale: "de_DE"),
        Culture(
            first: [("伟", "wei"), ("静怡", "jingyi"), ("𠮷男", "jinan"), ("秀英", "xiuying")],
            last: [("王", "wang"), ("欧阳", "ouyang"), ("李", "li")],
            zone: Zone(name: "Asia/Shanghai", standard: 28800, summer: .none),
            country: "China", state: "上海", city: "上海", locale: "zh_CN"),
        Culture(
            first: [("محمد", "mohammed"), ("فاطمة", "fatima"), ("عبد الرحمن", "abdulrahman")],
            last: [("الأحمد", "alahmad"), ("بن سلمان", "binsalman"), ("حسین", "hussein")],
            zone: Zone(name: "Asia/Riyadh", standard: 10800, summer: .none),
            country: "Saudi Arabia", state: "الرياض", city: "الرياض", locale: "ar_SA"),
        Culture(
            first: [("Jean-Sébastien", "jeansebastien"), ("Zoé", "zoe"), ("François", "francois")],
            last: [("d'Artagnan", "dartagnan"), ("Lefèvre", "lefevre"), ("Œuvrard", "oeuvrard")],
            zone: Zone(name: "Europe/Paris", standard: 3600, summer: .european),
            country: "France", state: "Île-de-France", city: "Paris", locale: "fr_FR"),
        Culture(
            first: [("さくら", "sakura"), ("ﾀﾛｳ", "taro"), ("陽翔", "haruto"), ("カ\u{3099}ク", "gaku")],
            last: [("佐藤", "sato"), ("髙橋", "takahashi"), ("渡邉", "watanabe")],
            zone: Zone(name: "Asia/Tokyo", standard: 32400, summer: .none),
            country: "Japan", state: "東京都", city: "渋谷区", locale: "ja_JP"),
        Culture(
            first: [("שרה", "sarah"), ("דָּוִד", "david"), ("יוסף", "yosef")],
            last: [("כהן", "cohen"), ("לֵוִי", "levi"), ("בן־גוריון", "bengurion")],
            zone: Zone(name: "Asia/Jerusalem", standard: 7200, summer: .european),
            country: "Israel", state: "תל אביב", city: "תל אביב", locale: "iw_IL"),
        Culture(
            first: [("สมชาย", "somchai"), ("น้ำฝน", "namfon"), ("กิ่งแก้ว", "kingkaew")],
            last: [("ใจดี", "jaidee"), ("ศรีสุข", "srisuk"), ("ทองคำ", "thongkham")],
            zone: Zone(name: "Asia/Bangkok", standard: 25200, summer: .none),
            country: "Thailand", state: "กรุงเทพฯ", city: "กรุงเทพฯ", locale: "th_TH"),
        Culture(
            first: [
                ("Robin 🦊", "robin"), ("👩‍💻 Sam", "sam"), ("Kim 👨‍👩‍👧‍👦", "kim"), ("🇧🇷 Ana", "ana"),
                (
                    "Lee "
                        + "👍🏽", "lee"
                ),
            ],
            last: [("Fox", "fox"), ("Costa ❤️", "costa"), ("Silva", "silva")],
            zone: Zone(name: "America/Sao_Paulo", standard: -10800, summer: .none),
            country: "Brazil", state: "São Paulo", city: "São Paulo", locale: "pt_BR"),
        Culture(
            first: [("민준", "minjun"), ("\u{1109}\u{1165}\u{110B}\u{1167}\u{11AB}", "seoyeon")],
            last: [("김", "kim"), ("이", "lee"), ("남궁", "namgung")],
            zone: Zone(name: "Asia/Seoul", standard: 32400, summer: .none),
            country: "South Korea", state: "서울", city: "서울", locale: "ko_KR"),
        Culture(
            first: [
                ("\u{1B}[31mRed\u{1B}[0m", "red"), ("\u{1B}]0;owned\u{7}Tess", "tess"),
                ("\u{202E}gnirts\u{202C}", "flip"), ("Nul\u{0}la", "nulla"),
            ],
            last: [
                ("Tab\tber", "tabber"), ("\u{9B}2J", "clear"), ("Line\nBreak", "linebreak"),
                ("=cmd|' /C calc'!A0", "formula"),
            ],
            zone: Zone(name: "Asia/Kathmandu", standard: 20700, summer: .none),
            country: "Nepal", state: "Bagmati", city: "Kathmandu", locale: "en_US"),
    ]
}
