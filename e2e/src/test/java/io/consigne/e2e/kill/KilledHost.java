package io.consigne.e2e.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.consigne.e2e.HostProcess;
import io.consigne.e2e.Launcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** A host with a few accounts and two clients of each, which is killed again and again. */
final class KilledHost implements AutoCloseable {
  private static final int ACCOUNTS = 3;
  private static final List<String> SETTINGS = List.of("page_limit", "ftp_did");
  private static final int MOST_REQUESTS = 120;
  private static final Duration START = Duration.ofSeconds(2);
  private static final Duration LATEST = Duration.ofMillis(30);

  /** So soon after it was begun a request has hardly been answered. */
  private static final Duration SOON = Duration.ofMillis(2);

  /** Of these, one has been begun just before the kill, in most rounds. */
  private static final Deed.Kind[] AIMED_AT = {Deed.Kind.UPLOAD, Deed.Kind.MOVE, Deed.Kind.REMOVAL};

  /** Ends a wait for what does not come; how busy the machine is says nothing about the host. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path data;
  private final Map<String, List<Client>> clients;
  private HostProcess host;

  /** Starts a new host in {@code data}. */
  KilledHost(Path data) throws IOException {
    this.data = data;
    this.host = HostProcess.start(data);
    this.clients = new LinkedHashMap<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      String email = "account" + i + "@example.org";
      String key = Launcher.consigne("account", "add", email, "--data=" + data).good().strip();
      var those = new ArrayList<Client>();
      for (String setting : SETTINGS) {
        String name = "c" + (i * SETTINGS.size() + those.size());
        those.add(new Client(host.url(), name, key, setting));
      }
      clients.put(email, those);
    }
  }

  /** Lets all clients work, kills the host, starts it again and looks at what is there. */
  Tally round(long seed) throws InterruptedException, ExecutionException, IOException {
    var random = new Random(seed);
    int answered = sum(Client::answered);
    Map<Deed.Kind, Integer> before = carriedOut();
    Moment killed = moment(random, seed);
    List<Deed> inFlight = killAmid(random, killed);
    assertThat(host.log()).doesNotContain(" ERROR ");
    assertThat(Books.faults(data)).isEmpty();
    if (random.nextInt(5) == 0) {
      HostProcess.killWhileStarting(data, Duration.ofNanos(random.nextLong(START.toNanos())));
    }
    host = HostProcess.start(data);
    int compared =
        all(client -> client.recover(host.url())).stream().mapToInt(Integer::intValue).sum();
    checkQuotas();
    return new Tally(
        1,
        inFlight.isEmpty() ? 0 : 1,
        Tally.caught(inFlight, before, carriedOut()),
        sum(Client::answered) - answered,
        compared);
  }

  /** A kind in turn, or in every fourth round what comes. */
  private static Moment moment(Random random, long seed) {
    int requests = 1 + random.nextInt(MOST_REQUESTS);
    int turn = (int) Math.floorMod(seed, AIMED_AT.length + 1L);
    return turn == AIMED_AT.length
        ? new Moment(requests, null, Duration.ofNanos(random.nextLong(LATEST.toNanos())))
        : new Moment(requests, AIMED_AT[turn], Duration.ofNanos(random.nextLong(SOON.toNanos())));
  }

  private Map<Deed.Kind, Integer> carriedOut() {
    var all = new EnumMap<Deed.Kind, Integer>(Deed.Kind.class);
    for (Deed.Kind kind : Deed.Kind.values()) {
      all.put(kind, sum(client -> client.carriedOut(kind)));
    }
    return all;
  }

  /** The requests that were begun before the kill and never answered. */
  private List<Deed> killAmid(Random random, Moment killed)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var working = new ArrayList<Future<?>>();
      for (Client client : clients()) {
        var choices = new Random(random.nextLong());
        working.add(threads.submit(() -> client.work(choices, killed)));
      }
      killed.await();
      Map<Client, Deed> begun = pending();
      host.kill();
      for (Future<?> each : working) {
        each.get();
      }
      begun.entrySet().retainAll(pending().entrySet());
      return begun.values().stream().filter(deed -> !(deed instanceof Deed.BrokenOff)).toList();
    }
  }

  private Map<Client, Deed> pending() {
    var pending = new HashMap<Client, Deed>();
    for (Client client : clients()) {
      client.pending().ifPresent(deed -> pending.put(client, deed));
    }
    return pending;
  }

  private void checkQuotas() throws IOException {
    for (Map.Entry<String, List<Client>> account : clients.entrySet()) {
      assertThat(account.getValue().getFirst().charged())
          .as(account.getKey() + " is charged with its files")
          .isEqualTo(account.getValue().stream().mapToLong(Client::usedBytes).sum());
    }
  }

  /** After a quiet start nothing is left in the store that the database does not know. */
  void checkStore() {
    Path incoming = data.resolve("blobs/incoming");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(visible()).isEqualTo(Books.storeFiles(data)));
    assertThat(incoming).isEmptyDirectory();
  }

  private Set<String> visible() {
    try (var files = Files.walk(data.resolve("blobs"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().startsWith("store-"))
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Client> clients() {
    return clients.values().stream().flatMap(List::stream).toList();
  }

  private int sum(ToIntFunction<Client> count) {
    return clients().stream().mapToInt(count).sum();
  }

  private <T> List<T> all(Task<T> task) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = clients().stream().<Callable<T>>map(client -> () -> task.of(client)).toList();
      var results = new ArrayList<T>();
      for (Future<T> each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    }
  }

  @Override
  public void close() {
    host.close();
  }

  /** What each client does. */
  @FunctionalInterface
  private interface Task<T> {
    T of(Client client) throws IOException;
  }
}
