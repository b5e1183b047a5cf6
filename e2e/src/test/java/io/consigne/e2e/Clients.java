package io.consigne.e2e;

import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Clients that upload and remove files all the time, and remember what was answered. */
final class Clients implements AutoCloseable {
  private static final int MOST_FILES = 10;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean enough = new AtomicBoolean();
  private final List<Future<?>> running = new ArrayList<>();
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

  /** Starts {@code count} of them with the host's first key. */
  Clients(HostProcess host, int count) {
    for (int i = 0; i < count; i++) {
      int seed = i;
      running.add(threads.submit(() -> use(new Api(host.url(), host.key()), new Random(seed))));
    }
  }

  private void use(Api api, Random random) {
    var links = new ArrayDeque<String>();
    while (!enough.get()) {
      byte[] bytes = new byte[random.nextBoolean() ? 300_000 : random.nextInt(2000)];
      new Random(random.nextInt(10)).nextBytes(bytes);
      HttpResponse<String> report = api.upload("busy", bytes);
      String link = Api.link(report);
      kept.put(link, bytes);
      links.add(link);
      if (links.size() > MOST_FILES) {
        String oldest = links.remove();
        kept.remove(oldest);
        api.call("file/rm.cgi", "{\"files\":[{\"url\":\"" + oldest + "\"}]}");
      }
    }
  }

  /** Stops them, and returns the links of all files that are there now, with their bytes. */
  Map<String, byte[]> stop() throws InterruptedException, ExecutionException {
    enough.set(true);
    for (Future<?> client : running) {
      client.get();
    }
    return Map.copyOf(kept);
  }

  @Override
  public void close() {
    enough.set(true);
    threads.close();
  }
}
