package io.consigne.e2e.kill;

/**
 * What rounds have shown.
 *
 * @param rounds how many there were
 * @param busyRounds in how many of them requests were in flight at the kill
 * @param inFlight how many requests those were
 * @param carriedOut how many of them had been carried out all the same, as a whole
 * @param answered how many requests were answered, each of which was looked for
 * @param compared how many downloads were compared byte for byte
 */
record Tally(int rounds, int busyRounds, int inFlight, int carriedOut, int answered, int compared) {
  static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

  Tally plus(Tally other) {
    return new Tally(
        rounds + other.rounds,
        busyRounds + other.busyRounds,
        inFlight + other.inFlight,
        carriedOut + other.carriedOut,
        answered + other.answered,
        compared + other.compared);
  }

  @Override
  public String toString() {
    return """
    %d rounds, %d with requests in flight (%d requests: %d carried out, the others not), \
    %d answered requests checked, %d downloads compared\
    """
        .formatted(rounds, busyRounds, inFlight, carriedOut, answered, compared);
  }
}
