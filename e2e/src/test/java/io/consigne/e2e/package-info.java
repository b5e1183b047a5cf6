/** Tests of the whole: real processes, the real rclone, and the architecture itself. */
@NullMarked
package io.consigne.e2e;

import org.jspecify.annotations.NullMarked;
