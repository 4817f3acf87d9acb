import TestSupport
import Testing

@testable import Ledger

@Suite struct `The file system of a ledger` {
  static let mounts = """
    22 27 0:21 / /proc rw,relatime - proc proc rw
    27 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    30 27 0:30 / /mnt/share rw,relatime shared:2 master:3 - nfs4 server:/export rw,vers=4.2
    31 27 8:2 / /mnt/share/local rw - xfs /dev/sdb rw
    32 27 0:32 / /mnt/with\\040blank rw - cifs //server/share rw
    33 27 8:3 / /data rw - ext4 /dev/sdc rw
    34 27 0:34 / /data rw - fuse.sshfs user@host: rw
    35 27 0:35 / /srv/back\\134slash rw - ceph 10.0.0.1:/ rw
    broken line
    36 27 0:36 / /mnt/blob rw - fuse.blobfuse2 blobfuse2 rw
    """

  @Test(arguments: [
    ("/", "ext4"), ("/var/lib/gatebook", "ext4"), ("/mnt/share", "nfs4"),
    ("/mnt/share/deep/er", "nfs4"), ("/mnt/share/local/x", "xfs"), ("/mnt/shared", "ext4"),
    ("/mnt/with blank/x", "cifs"), ("/data/x", "fuse.sshfs"), ("/srv/back\\slash", "ceph"),
    ("/proc/self", "proc"),
  ])
  func `is that of the mount next above, the last one where several lie on each other`(
    _ place: (path: String, kind: String)
  ) {
    #expect(FileSystemKind.kind(of: place.path, mounts: Self.mounts) == place.kind)
  }

  @Test func `is unknown without a table of mounts`() {
    #expect(FileSystemKind.kind(of: "/data", mounts: "") == "unknown")
    #expect(!FileSystemKind.isNetwork("unknown"))
  }

  @Test(arguments: [
    "nfs", "nfs4", "cifs", "smb3", "ceph", "fuse.sshfs", "fuse.blobfuse2", "lustre", "glusterfs",
  ])
  func `across a network is told`(_ kind: String) { #expect(FileSystemKind.isNetwork(kind)) }

  @Test(arguments: ["ext4", "xfs", "btrfs", "tmpfs", "overlay", "zfs", "fuseblk"])
  func `of a local disk is fine`(_ kind: String) { #expect(!FileSystemKind.isNetwork(kind)) }

  @Test func `of a folder that exists is known, of others it is not`() throws {
    let place = try LedgerFolder()
    #expect(try #require(FileSystemKind.of(folder: place.folder.path)).isEmpty == false)
    #expect(FileSystemKind.of(folder: place.folder.path("none")) == nil)
    let file = try place.folder.write("", to: "file")
    #expect(FileSystemKind.of(folder: file) == nil)
  }

  @Test(arguments: [
    ("gatebook.db", "."), ("/gatebook.db", "/"), ("a/b.db", "a"), ("/a/b/c", "/a/b"),
  ])
  func `is asked of the folder that holds the ledger`(_ place: (path: String, folder: String)) {
    #expect(LedgerFile.folder(of: place.path) == place.folder)
  }
}
