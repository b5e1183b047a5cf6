package io.consigne.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that rot on the disk are not served. */
class DamagedContentTest {
  private static final int SIZE = 3_000_000;

  @TempDir Path data;

  private static byte[] content() {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    return content;
  }

  private void flip(long position) throws IOException {
    try (var files = Files.walk(data.resolve("blobs"))) {
      List<Path> stored =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("store-"))
              .toList();
      assertThat(stored).hasSize(1);
      try (var file = new RandomAccessFile(stored.getFirst().toFile(), "rw")) {
        file.seek(position);
        int old = file.read();
        file.seek(position);
        file.write(old ^ 1);
      }
    }
  }

  @Test
  void firstBlock_isAnsweredWith503() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      String token = host.token(host.upload("film.mkv", content()));
      assertThat(host.send(host.request(token)).body()).isEqualTo(content());
      flip(100);
      HttpResponse<byte[]> answer = host.send(host.request(token));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).contains("60");
      assertThat(new String(answer.body(), StandardCharsets.UTF_8))
          .contains("The stored content is damaged and was not served #706");
    }
  }

  @Test
  void laterBlock_breaksTheAnswer() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      String token = host.token(host.upload("film.mkv", content()));
      flip(SIZE - 10);
      assertThatThrownBy(() -> host.send(host.request(token))).isInstanceOf(IOException.class);
      HttpResponse<byte[]> before =
          host.send(host.request(token).header("Range", "bytes=0-999999"));
      assertThat(before.statusCode()).isEqualTo(206);
      assertThat(before.body()).isEqualTo(Arrays.copyOf(content(), 1_000_000));
      HttpResponse<byte[]> damaged =
          host.send(host.request(token).header("Range", "bytes=" + (SIZE - 20) + "-"));
      assertThat(damaged.statusCode()).isEqualTo(503);
      assertThat(damaged.headers().map())
          .doesNotContainKeys(
              "content-range", "etag", "last-modified", "accept-ranges", "content-disposition");
    }
  }

  @Test
  void damagedFile_isHealedByTheSameUploadAgain() throws IOException {
    try (var host = RunningHost.start(data, RunningHost.Choices.NONE)) {
      String link = host.upload("film.mkv", content());
      flip(100);
      host.upload("again.mkv", content());
      assertThat(host.send(host.request(host.token(link))).body()).isEqualTo(content());
    }
  }
}
