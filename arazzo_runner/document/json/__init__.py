"""JSON text: `load.load_json` is the door."""
