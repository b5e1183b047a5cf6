/** Tests of the guide's dialect, over HTTP against a whole host. */
@NullMarked
package io.consigne.server.api.guide;

import org.jspecify.annotations.NullMarked;
