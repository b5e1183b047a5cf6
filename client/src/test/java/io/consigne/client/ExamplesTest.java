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
import io.consigne.client.model.Webhook;
import io.consigne.client.split.Manifest;
import io.consigne.client.split.SplitDownload;
import io.consigne.client.split.SplitUpload;
import io.consigne.client.transfer.DownloadSource;
import io.consigne.client.transfer.Downloads;
import io.consigne.client.transfer.Progress;
import io.consigne.client.transfer.TransferEvent;
import io.consigne.client.transfer.TransferFile;
import io.consigne.client.transfer.UploadResult;
import io.consigne.client.transfer.UploadSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        assertThat(tellMe(client, "https://hooks.example.org/consigne")).isEqualTo(1);
        moveBytes(client, file);
      }
    }
  }

  private void moveBytes(Client client, Path file) throws IOException {
    FolderId folder = client.folders().make(FolderId.ROOT, "Bytes");
    assertThat(send(client, folder, List.of(file))).hasSize(1);
    RemoteFile stored = client.folders().list(folder).files().getFirst();
    assertThat(begin(client, stored, directory.resolve("again.txt"))).asString().isEqualTo("hello");
    assertThat(directory.resolve("again.txt")).hasContent("hello world\n");
    sendInParts(client, file, directory.resolve("joined.txt"));
    assertThat(directory.resolve("joined.txt")).hasContent("hello world\n");
  }

  // @start region="client"
  static void sendAndFetch(URI host, String key, Path file, Path copy) throws IOException {
    try (Client client = new Client(ClientConfig.of(host, new ApiKey(key)))) {
      List<UploadResult> results =
          client.uploads().send(FolderId.ROOT, List.of(UploadSource.of(file)), Progress.UNSEEN);
      switch (results.getFirst()) {
        case UploadResult.Stored stored -> System.out.println("stored: " + stored.link());
        case UploadResult.NotStored(UploadSource _, Refusal why) -> System.out.println(why);
        case UploadResult.InDoubt(UploadSource _, Refusal why) -> System.out.println(why);
        case UploadResult.NotTried _ -> System.out.println("the host had refused others");
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

  // @start region="uploads"
  static List<FileLink> send(Client client, FolderId folder, List<Path> files) throws IOException {
    var sources = new ArrayList<UploadSource>();
    for (Path file : files) {
      sources.add(UploadSource.of(file));
    }
    Progress progress =
        event -> {
          if (event instanceof TransferEvent.Ended(TransferFile _, String name)) {
            System.out.println("there: " + name);
          }
        };
    var links = new ArrayList<FileLink>();
    for (UploadResult result : client.uploads().send(folder, sources, progress)) {
      switch (result) {
        case UploadResult.Stored stored -> links.add(stored.link());
        case UploadResult.NotStored not -> System.out.println("not there: " + not.refusal().said());
        case UploadResult.InDoubt doubt ->
            System.out.println("not known: " + doubt.refusal().said());
        case UploadResult.NotTried not -> System.out.println("not tried: " + not.source().name());
      }
    }
    return links;
  }

  // @end

  // @start region="downloads"
  static byte[] begin(Client client, RemoteFile file, Path copy) throws IOException {
    DownloadSource source = DownloadSource.of(file);
    client.downloads().fetch(source, copy, Downloads.IfExists.REPLACE, Progress.UNSEEN);
    try (InputStream in = client.downloads().open(source, 0, Math.min(5, source.sizeBytes()))) {
      return in.readAllBytes();
    }
  }

  // @end

  // @start region="split"
  static void sendInParts(Client client, Path file, Path copy) throws IOException {
    FolderId folder = client.folders().make(FolderId.ROOT, "hello.txt" + Manifest.FOLDER_END);
    long partBytes = 5;
    new SplitUpload(client, Progress.UNSEEN).send(file, partBytes, folder, List.of());
    SplitDownload parts =
        SplitDownload.of(client, client.folders().list(folder).files()).orElseThrow();
    parts.fetch(copy, Downloads.IfExists.FAIL, Progress.UNSEEN);
  }

  // @end

  // @start region="webhooks"
  static int tellMe(Client client, String url) throws IOException {
    Webhooks webhooks = client.webhooks();
    Webhook.Made made = webhooks.add(url, List.of("fetch.done"));
    int known = webhooks.list().size();
    webhooks.remove(made.webhook().id());
    return known;
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
