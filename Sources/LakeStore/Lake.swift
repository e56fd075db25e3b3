internal import TripModel

/// A lake: one folder of settings, manifests and trip files. Usable from several threads.
package final class Lake: Sendable {
  package let path: String
  package let id: LakeID
  package let settings: LakeSettings
  let environment: StoreEnvironment

  init(path: String, id: LakeID, settings: LakeSettings, environment: StoreEnvironment) {
    self.path = path
    self.id = id
    self.settings = settings
    self.environment = environment
  }
}
