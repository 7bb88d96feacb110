import Glibc
import Testing
import ZoshCore

struct FolderListingTests {
    @Test func `a folder lists files and folders in order, links as what they point at`() throws {
        let scratch = try ScratchFolder()
        _ = scratch.file("b.csv", "")
        _ = scratch.file(".a", "")
        symlink("/", scratch.path + "/c")
        symlink("/nowhere-at-all", scratch.path + "/d")
        #expect(
            FolderListing.files(in: scratch.path) == [
                ListedFile(name: ".a", isFolder: false), ListedFile(name: "b.csv", isFolder: false),
                ListedFile(name: "c", isFolder: true),
                ListedFile(name: "d", isFolder: false),
            ])
    }

    @Test func `what cannot be read is empty`() {
        #expect(FolderListing.files(in: "/nowhere-at-all").isEmpty)
    }
}
