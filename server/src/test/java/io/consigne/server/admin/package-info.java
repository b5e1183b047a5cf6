/** Tests of what the operator is answered. */
@NullMarked
package io.consigne.server.admin;

import org.jspecify.annotations.NullMarked;
