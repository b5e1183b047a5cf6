/** Finds keys where they do not belong: in files, streams and the history of git repositories. */
@NullMarked
package io.consigne.server.scan;

import org.jspecify.annotations.NullMarked;
