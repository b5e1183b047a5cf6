/** Commands that compare a folder of this machine with a remote one, and find copies. */
@NullMarked
package io.consigne.cli.sync;

import org.jspecify.annotations.NullMarked;
