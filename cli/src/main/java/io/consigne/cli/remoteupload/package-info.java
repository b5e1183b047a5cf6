/** {@code consigne remote}: has the host fetch files from elsewhere, and looks after it. */
@NullMarked
package io.consigne.cli.remoteupload;

import org.jspecify.annotations.NullMarked;
