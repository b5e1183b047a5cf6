package io.consigne.e2e.kill;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What rounds have shown.
 *
 * @param rounds how many there were
 * @param busyRounds in how many of them requests were in flight at the kill
 * @param caught those requests, by their kind; a kind of which there was none is left out
 * @param answered how many requests were answered, each of which was looked for
 * @param compared how many downloads were compared byte for byte
 */
record Tally(
    int rounds, int busyRounds, Map<Deed.Kind, Caught> caught, int answered, int compared) {
  static final Tally NONE = new Tally(0, 0, Map.of(), 0, 0);

  Tally {
    caught = Map.copyOf(caught);
  }

  /** What one round caught; the counts are of requests that were carried out, before and after. */
  static Map<Deed.Kind, Caught> caught(
      List<Deed> inFlight, Map<Deed.Kind, Integer> before, Map<Deed.Kind, Integer> after) {
    var caught = new EnumMap<Deed.Kind, Caught>(Deed.Kind.class);
    inFlight.forEach(deed -> caught.merge(deed.kind(), new Caught(1, 1, 0), Caught::inOneRound));
    caught.replaceAll((kind, those) ->
        new Caught(
            those.rounds(),
            those.requests(),
            after.getOrDefault(kind, 0) - before.getOrDefault(kind, 0)));
    return caught;
  }

  Tally plus(Tally other) {
    var all = new EnumMap<Deed.Kind, Caught>(Deed.Kind.class);
    all.putAll(caught);
    other.caught.forEach((kind, those) -> all.merge(kind, those, Caught::plus));
    return new Tally(
        rounds + other.rounds,
        busyRounds + other.busyRounds,
        all,
        answered + other.answered,
        compared + other.compared);
  }

  /** In how many rounds a request of this kind was in flight at the kill. */
  int roundsWith(Deed.Kind kind) {
    return caught.getOrDefault(kind, new Caught(0, 0, 0)).rounds();
  }

  private int requests() {
    return caught.values().stream().mapToInt(Caught::requests).sum();
  }

  private int carriedOut() {
    return caught.values().stream().mapToInt(Caught::carriedOut).sum();
  }

  @Override
  public String toString() {
    String kinds =
        caught.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining("; "));
    return """
    %d rounds, %d with requests in flight (%d requests: %d carried out, the others not), \
    %d answered requests checked, %d downloads compared; in flight %s\
    """
        .formatted(rounds, busyRounds, requests(), carriedOut(), answered, compared, kinds);
  }

  /**
   * Requests of one kind that were in flight at a kill, and not answered.
   *
   * @param rounds in how many rounds there were some
   * @param requests how many
   * @param carriedOut how many of them had been carried out all the same, as a whole
   */
  record Caught(int rounds, int requests, int carriedOut) {
    private Caught inOneRound(Caught other) {
      return new Caught(1, requests + other.requests, carriedOut + other.carriedOut);
    }

    private Caught plus(Caught other) {
      return new Caught(
          rounds + other.rounds, requests + other.requests, carriedOut + other.carriedOut);
    }

    @Override
    public String toString() {
      return "%d in %d rounds, %d carried out".formatted(requests, rounds, carriedOut);
    }
  }
}
