/**
 * Removes what nobody downloads any more, where the plan says so and the operator wishes it: first
 * a removal is announced, then, unless the file is downloaded or its account pays, it is done.
 *
 * <p>The last download of a file is kept in memory and written now and then. It is never taken for
 * earlier than it was: what a crash may have forgotten, and what happened while nobody looked,
 * counts as a download of every file ({@link io.consigne.core.retention.Retention#start}).
 */
@NullMarked
package io.consigne.core.retention;

import org.jspecify.annotations.NullMarked;
