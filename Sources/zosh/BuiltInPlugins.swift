import Access
import Auth
import Connections
import Jobs
import Orgs
import Users
import ZoshKit

/// The one list of what is built in. Commands are listed in each module's own file.
enum BuiltInPlugins {
    static func modules(jobs: any JobService) -> [any ShellModule] {
        [AuthModule(), ConnectionsModule(), OrgsModule(), UsersModule(), AccessModule(), JobsModule(jobs: jobs)]
    }
}
