/** The limits of clients as every front tells them: charges requests and writes the fields. */
@NullMarked
package io.consigne.server.limits;

import org.jspecify.annotations.NullMarked;
