package io.consigne.client.transfer;

import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.policy.Policy;
import io.consigne.client.wire.FileCalls;
import io.consigne.client.wire.LinkPages;
import io.consigne.client.wire.TransferCalls;
import io.consigne.client.wire.TransferCalls.DownloadAddress;
import java.io.IOException;

/** What lets files be fetched. */
sealed interface DownloadAccess {
  /**
   * Where a file may be fetched for a while.
   *
   * @throws RefusedException if the host refuses
   */
  DownloadAddress address(DownloadSource source) throws IOException;

  /**
   * What the host says of a file itself.
   *
   * @throws RefusedException if the host refuses
   */
  RemoteFile file(DownloadSource source) throws IOException;

  /** The key of an account. */
  record Key(Policy policy) implements DownloadAccess {
    @Override
    public DownloadAddress address(DownloadSource source) throws IOException {
      return policy.run(TransferCalls.token(source.link(), source.password(), false));
    }

    @Override
    public RemoteFile file(DownloadSource source) throws IOException {
      return policy.run(FileCalls.info(source.link(), source.password())).file();
    }
  }

  /** Nothing: what is open to everybody. */
  record Page(Policy policy, LinkPages pages) implements DownloadAccess {
    @Override
    public DownloadAddress address(DownloadSource source) throws IOException {
      return policy.repeat(() -> pages.open(source.link(), source.password()));
    }

    @Override
    public RemoteFile file(DownloadSource source) throws IOException {
      DownloadAddress address = address(source);
      return policy.repeat(() -> pages.file(address, source.link(), source.password() != null));
    }
  }
}
