internal import CLibedit

extension Editor {
    /// The version of libedit's interface this was built against: `2.11`.
    public static var libraryVersion: String { String(cString: zosh_libedit_version()) }
}
