/// The keys a terminal itself edits an answer with.
struct EditingKeys {
    var erase: UInt8 = 0x7F
    var eraseWord: UInt8 = 0x17
    var eraseAll: UInt8 = 0x15
    var end: UInt8 = 0x04
}
