/**
 * One database, SQLite or PostgreSQL, behind one SQL. Everything that an answer rests on is durable
 * when {@link io.consigne.core.db.Database#write} returns.
 */
@NullMarked
package io.consigne.core.db;

import org.jspecify.annotations.NullMarked;
