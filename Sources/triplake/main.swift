print("triplake")
