"""The parts pages are made of. They take finished words, or sentences and a Language."""
