package io.consigne.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.consigne.client.budget.Timing;
import io.consigne.client.budget.Waiting;
import io.consigne.client.model.ApiKey;
import io.consigne.client.model.Limits;
import io.consigne.client.model.RefusedException;
import io.consigne.client.model.Waits;
import io.consigne.client.standin.Fault;
import io.consigne.client.standin.StandIn;
import io.consigne.client.standin.VirtualTiming;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same is asked of two stand-ins, one of which does it at its worst. What they keep stays the
 * same: nothing is done twice, and nothing is said to be done that is not.
 */
class ChangesFaultsTest {
  private static final int STEPS = 1_500;
  private static final int FILES = 24;

  /** One more, and a call gives up. */
  private static final int MOST_FAULTS = 5;

  private static final String LOST = "nobody knows whether it was done";
  private static final List<Fault> ANYWHERE =
      List.copyOf(
          EnumSet.complementOf(EnumSet.of(Fault.NONE, Fault.EMPTY_REPORT, Fault.EXPIRED_TOKEN)));
  private static final List<Fault> AFTER_SUCCESS =
      List.of(Fault.LOST_ANSWER, Fault.DONE_BUT_504, Fault.TRUNCATED);

  /** What is refused since it is so already; an answer that was lost may have done it. */
  private static final Set<String> DONE_BEFORE =
      Set.of("Resource not found #469", "No file has been renamed #312", "No changes requested");

  /** What is so already is not counted, but it is seen to be so: fewer may be told than are so. */
  private static final String COUNTED = "the host says that it has ";

  /** By these it is seen whether a change was made. */
  private static final Set<String> LOOKS = Set.of("/v1/file/info.cgi", "/v1/folder/ls.cgi");

  /** What would be there twice. A folder is looked for before it is made again. */
  private static final Set<String> DONE_ONCE = Set.of("file/cp", "folder/mkdir", "remote/request");

  private final VirtualTiming timing = new VirtualTiming();
  private final List<Fault> met = new CopyOnWriteArrayList<>();
  private final AtomicInteger metLooking = new AtomicInteger();
  private final Map<String, Set<Fault>> faults = new HashMap<>();
  private final Set<String> doubtful = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();
  private volatile boolean faulty;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 20_260_302})
  void faultsAmidChanges_changeNothing(long seed) throws IOException {
    var random = new Random(seed);
    try (var host = new StandIn(timing, path -> next(random, path));
        var still = new StandIn(new VirtualTiming(), _ -> Fault.NONE);
        var client = client(host, "bad", Limits.DOCUMENTED);
        var process = client(host, "bad", Limits.DOCUMENTED);
        var twin = client(still, "good", Limits.ANNOUNCED)) {
      fill(host);
      fill(still);
      client.capabilities();
      process.capabilities();
      faulty = true;
      for (int i = 0; i < STEPS; i++) {
        step(DrawnCall.draw(random, i), random.nextBoolean() ? client : process, host, twin, still);
      }
      assertThat(host.watch().broken()).isEmpty();
      assertThat(host.failures()).isEmpty();
      assertThat(still.failures()).isEmpty();
    }
    assertThat(faults.values()).allMatch(all -> all.containsAll(AFTER_SUCCESS));
    assertThat(refused).contains("Resource not found #469", "No file has been renamed #312");
    assertThat(refused).contains("Folder not empty #614", "Resource not allowed #631");
    assertThat(DONE_ONCE).containsAll(doubtful);
  }

  private void step(DrawnCall asking, Client client, StandIn host, Client twin, StandIn still)
      throws IOException {
    List<String> before = state(host);
    int seen = host.seen().size();
    met.clear();
    metLooking.set(0);
    String told = told(asking, client, host);
    faults.computeIfAbsent(asking.name(), _ -> new TreeSet<>()).addAll(met);
    boolean lost = told.equals(LOST);
    if (lost) {
      doubtful.add(asking.name());
      assertThat(asking.name().equals("folder/mkdir") && !state(host).equals(before)).isFalse();
    }
    if (!lost || !state(host).equals(before)) {
      String due = told(asking, twin, still);
      boolean doneBefore = DONE_BEFORE.contains(due) || due.startsWith(COUNTED);
      boolean fewer = told.startsWith(COUNTED);
      boolean again = !met.isEmpty() && (fewer || (told.equals("done") && doneBefore));
      assertThat(lost || again ? due : told).as("%s after %s", asking.name(), met).isEqualTo(due);
    }
    assertThat(state(host)).as("%s after %s", asking.name(), met).isEqualTo(state(still));
    if (!asking.name().equals("folder/mkdir")) {
      List<String> asked = host.seen().subList(seen, host.seen().size());
      boolean looks = asked.stream().anyMatch(path -> !LOOKS.contains(path));
      long made = asked.stream().filter(path -> !looks || !LOOKS.contains(path)).count();
      assertThat(made)
          .as("requests of %s after %s, told %s", asking.name(), met, told)
          .isEqualTo(met.size() - (looks ? metLooking.get() : 0) + (lost ? 0 : 1));
    }
  }

  /** What is answered, or refused for good; or that nobody knows. */
  private String told(DrawnCall asking, Client client, StandIn host) throws IOException {
    try {
      return asking.words().ask(client, host.url()).replace(host.url().toString(), "");
    } catch (RefusedException e) {
      if (e.refusal().isTransient()) {
        return LOST;
      }
      refused.add(e.refusal().said().text());
      return e.refusal().said().text();
    } catch (IOException e) {
      return LOST;
    }
  }

  private Fault next(Random random, String path) {
    if (!faulty || met.size() == MOST_FAULTS || random.nextInt(100) >= 30) {
      return Fault.NONE;
    }
    List<Fault> some = random.nextBoolean() ? ANYWHERE : AFTER_SUCCESS;
    Fault fault = some.get(random.nextInt(some.size()));
    met.add(fault);
    metLooking.addAndGet(LOOKS.contains(path) ? 1 : 0);
    return fault;
  }

  private static void fill(StandIn host) {
    for (int i = 0; i < FILES; i++) {
      host.files().add("file " + i, ("content " + i).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> state(StandIn host) {
    var state = new ArrayList<>(host.files().tree());
    state.addAll(host.fetches().sources());
    return state;
  }

  private Client client(StandIn host, String state, Limits limits) {
    Timing clock = limits.equals(Limits.DOCUMENTED) ? timing : new VirtualTiming();
    return new Client(
        ClientConfig.of(host.url(), new ApiKey("standin-key-of-alice"))
            .with(limits)
            .with(new Waiting(clock, Duration.ofHours(2), Waits.UNSEEN))
            .stateIn(directory.resolve(state)));
  }
}
