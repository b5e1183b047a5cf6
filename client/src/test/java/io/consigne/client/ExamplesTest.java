package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.model.ApiKey;
import io.consigne.client.model.FileLink;
import io.consigne.client.model.FolderId;
import io.consigne.client.model.FolderListing;
import io.consigne.client.model.LinkCheck;
import io.consigne.client.model.Refusal;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.RemoteFetch;
import io.consigne.client.model.RemoteFile;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation, compiled, and run against a Consigne host. */
class ExamplesTest {
  @TempDir private Path directory;

  @Test
  void examples_work() throws IOException {
    try (RealHost host = RealHost.start(directory.resolve("host"))) {
      Path file = Files.writeString(directory.resolve("hello.txt"), "hello world\n");
      sendAndFetch(host.url(), host.key(), file, directory.resolve("copy.txt"));
      assertThat(directory.resolve("copy.txt")).hasContent("hello world\n");
      try (Client client = new Client(ClientConfig.of(host.url(), new ApiKey(host.key())))) {
        FolderId notes = makeFolder(client);
        RemoteFile moved = client.folders().list(notes).files().getFirst();
        assertThat(fetched(client, DownloadSource.of(moved).link().url()))
            .containsExactly(RemoteFetch.State.DONE);
        assertThat(tidyUp(client, notes)).isEqualTo(1);
        assertThat(areAlive(client, List.of(host.url() + "/?zzzzzzzzzzzzzzzzzzzz"))).isFalse();
      }
    }
  }

  // @start region="client"
  static void sendAndFetch(URI host, String key, Path file, Path copy) throws IOException {
    try (Client client = new Client(ClientConfig.of(host, new ApiKey(key)))) {
      List<UploadResult> results =
          client.uploads().send(FolderId.ROOT, List.of(UploadSource.of(file)), Progress.UNSEEN);
      switch (results.getFirst()) {
        case UploadResult.Stored stored -> System.out.println("stored: " + stored.link());
        case UploadResult.NotStored(UploadSource _, Refusal why) -> System.out.println(why);
      }
      RemoteFile stored = client.folders().list(FolderId.ROOT).files().getFirst();
      client
          .downloads()
          .fetch(DownloadSource.of(stored), copy, Downloads.IfExists.FAIL, Progress.UNSEEN);
    } catch (RefusedException e) {
      System.out.println("the host says no: " + e.refusal());
    }
  }

  // @end

  // @start region="folders"
  static FolderId makeFolder(Client client) throws IOException {
    FolderId notes = client.folders().make(FolderId.ROOT, "Notes");
    FolderListing root = client.folders().list(FolderId.ROOT);
    List<FileLink> links =
        root.files().stream().map(file -> DownloadSource.of(file).link()).toList();
    client.files().move(links, notes);
    return notes;
  }

  // @end

  // @start region="files"
  static int tidyUp(Client client, FolderId folder) throws IOException {
    List<RemoteFile> files = client.files().list(folder, null, null);
    FileLink first = DownloadSource.of(files.getFirst()).link();
    client.files().rename(Map.of(first, "renamed.txt"));
    client.files().remove(List.of(first));
    return files.size();
  }

  // @end

  // @start region="remote"
  static List<RemoteFetch.State> fetched(Client client, String source) throws IOException {
    RemoteUploads uploads = client.remoteUploads();
    long id = uploads.add(List.of(source), FolderId.ROOT, Map.of()).id();
    return uploads.await(id, seen -> System.out.println(seen.fetches())).fetches().stream()
        .map(RemoteFetch::state)
        .toList();
  }

  // @end

  // @start region="links"
  static boolean areAlive(Client client, List<String> links) throws IOException {
    return client.links().check(links).stream()
        .allMatch(check -> check.state() == LinkCheck.State.ALIVE);
  }
  // @end
}
