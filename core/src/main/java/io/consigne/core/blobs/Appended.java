package io.consigne.core.blobs;

import java.util.List;

/**
 * Small contents that {@link Blobs#append} made durable. Until it is closed their store file counts
 * as held: it is neither retired nor deleted, so that the database can be told of it meanwhile.
 */
public interface Appended extends AutoCloseable {
  /** Where the contents stand, in the order in which they were given; all in one store file. */
  List<Segment> segments();

  /** Lets go of the store file; may be called twice. */
  @Override
  void close();
}
