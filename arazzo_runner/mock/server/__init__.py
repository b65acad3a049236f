"""The mock as a server: answers for any client, invented from API descriptions.

An `Incoming` request goes in and a `Reply` comes out (`Responder.reply`): no socket, no clock. `Application` is that
for ASGI, and `listening` serves an application on a port.
"""
